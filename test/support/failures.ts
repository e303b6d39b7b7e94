/** How much of its details is repeated for each failure. */
const REPEATED_LINES = 8;

const failures: string[] = [];

/** Prints a failure when it happens. Its details may have any number of lines. */
export function printFailure(title: string, details: string): void {
  const lines = [`✖ ${title}`, ...indented(details)];
  failures.push(lines.slice(0, 1 + REPEATED_LINES).join('\n'));
  console.log(`\n${lines.join('\n')}`);
}

/** Prints all failures again, shortened, for readers who see only the end of a long output. */
export function repeatFailures(): void {
  if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}\n`);
}

function indented(details: string): string[] {
  const lines = details
    .trim()
    .split('\n')
    .filter((line) => !/node:internal\/|\/__web-test-runner__\//.test(line));
  return lines.map((line) => `    ${line}`);
}
