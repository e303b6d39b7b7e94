/** Stand-ins for a key, such as `none`, are shorter and may occur in any text by chance. */
const SHORTEST_KEY = 8;

/** Whether a text that is meant for the browser quotes the site's key. */
export function containsKey(text: string, apiKey: string): boolean {
  return text === apiKey || (apiKey.length >= SHORTEST_KEY && text.includes(apiKey));
}
