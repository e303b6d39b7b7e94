/** Puts texts together as sentences, for a voice: after each, it pauses. */
export function sentences(...texts: readonly (string | undefined)[]): string {
  const [first = '', ...others] = texts.filter(Boolean);
  return others.reduce<string>((said, text) => `${said}${/[\p{P}]$/u.test(said) ? '' : '.'} ${text}`, first);
}
