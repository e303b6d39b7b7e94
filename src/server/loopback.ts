/** Whether a hostname, as `URL` writes it, is this machine: what is sent there crosses no network. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
