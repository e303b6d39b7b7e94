/** The warnings in the console while something happens. */
export async function warningsOf(act: () => unknown): Promise<string[]> {
  const { warn } = console;
  const told: string[] = [];
  console.warn = (text: string) => void told.push(text);
  try {
    await act();
  } finally {
    console.warn = warn;
  }
  return told;
}
