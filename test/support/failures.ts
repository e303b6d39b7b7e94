const titles: string[] = [];

/** Prints a failure when it happens. Its details may have any number of lines. */
export function printFailure(title: string, details: string): void {
  titles.push(title);
  console.log(`\n✖ ${title}\n${indented(details)}`);
}

/** Names all failures again, for readers who see only the end of a long output. */
export function repeatFailures(): void {
  if (titles.length > 0) console.log(`\nFailed:\n${titles.map((title) => `✖ ${title}`).join('\n')}\n`);
}

function indented(details: string): string {
  const lines = details
    .trim()
    .split('\n')
    .filter((line) => !/node:internal\/|\/__web-test-runner__\//.test(line));
  return lines.map((line) => `    ${line}`).join('\n');
}
