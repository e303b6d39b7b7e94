/** What a report must not repeat, wherever it comes from: an error of a server may quote anything. */
const PRIVATE = [
  // Secrets of the service, tokens in a header, and JSON web tokens.
  /\b[es]k[-_][\w-]{8,}/g,
  /\b(?:Bearer|Basic)\s+\S+/gi,
  /\beyJ[\w-]+\.[\w.-]+/g,
  // IPv4 and IPv6 addresses, with a port if there is one.
  /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g,
  /(?<![\w:])(?:[\da-f]{0,4}:){2,7}[\da-f]{0,4}(?![\w:])/gi,
  // Ids of devices, and whatever else is long and random.
  /\b[\da-f]{32,}\b/gi,
  // The query of an address, and the name and password in it.
  /(?<=[\w/.-])\?[\w.~%+[\]-]+=\S*/g,
  /(?<=\b[\w.+-]+:\/\/)[^\s/?#]+(?=@)/g,
];
const LONGEST = 300;

/** A text without secrets, addresses and ids, and not longer than 300 characters. */
export function withoutPrivate(text: string, secret: string | undefined): string {
  const known = secret ? text.replaceAll(secret, '***') : text;
  return PRIVATE.reduce((rest, pattern) => rest.replace(pattern, '***'), known).slice(0, LONGEST);
}
