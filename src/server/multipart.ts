export interface Part {
  name: string;
  type: string;
  content: string;
}

/**
 * A form whose parts carry a type but no file name. `FormData` cannot make one: its strings have no type, its blobs
 * are files, and it rewrites line breaks.
 */
export function multipart(parts: readonly Part[]): { contentType: string; body: string } {
  // Random, so that no content can contain it on purpose.
  const boundary = `form-${crypto.randomUUID()}`;
  const sections = parts.map(
    ({ name, type, content }) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\nContent-Type: ${type}\r\n\r\n${content}\r\n`,
  );
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    body: `${sections.join('')}--${boundary}--\r\n`,
  };
}
