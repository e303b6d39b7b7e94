import type { EnvironmentReport } from './environment-check.js';

/** The report as English text for a message to the support, one paragraph for each check. */
export function reportText({ status, version, date, checks }: EnvironmentReport): string {
  const paragraphs = checks.map(({ name, status, code, message, details }) => {
    const facts = Object.entries(details).map(([key, value]) => `${key}: ${value}`);
    return `${status.toUpperCase()} ${name} (${[code, ...facts].join(', ')})\n${message}`;
  });
  return [`Voice check: ${status}, ${date}, realtime-voice ${version}`, ...paragraphs].join('\n\n') + '\n';
}
