import type { StoredItem } from '../service/stored-item.js';
import { type Reply, type ReplyContext, say } from './reply.js';
import { hasFunction } from './session-tools.js';

/** The demo's page defines this function. A session that has it is the shop's. */
const SHOW_FABRIC = 'show_fabric';
const FABRIC = /\b(rust|moss|oat|blue)\b/i;

const ANSWERS: readonly (readonly [RegExp, string])[] = [
  [
    /\b(cost|price|how much)\b/i,
    'The Nordnes armchair is nine thousand eight hundred kroner, in any of the four wools. We make it to order.',
  ],
  [
    /\b(mend|repair|fix)/i,
    'Gladly. Bring your chair, or send us photographs. Most repairs cost between nine hundred and two thousand four hundred kroner.',
  ],
  [/\b(open|where|address)\b/i, 'You find us at Strandgaten 88 in Bergen, Tuesday to Saturday, from ten to five.'],
  [
    /\b(how long|how soon|when|weeks|deliver\w*)\b/i,
    'About five weeks. Three of us build each chair by hand. Two blue ones are ready in the shop today.',
  ],
];

/** What the demo's shop answers to a typed question. Undefined if the session is another, or the question unknown. */
export function replyOfShop(text: string, { tools }: ReplyContext): Reply | undefined {
  if (!hasFunction(SHOW_FABRIC, tools)) return undefined;
  const fabric = fabricIn(text);
  if (fabric) return { spoken: [], calls: [{ name: SHOW_FABRIC, arguments: JSON.stringify({ fabric }) }] };
  const known = ANSWERS.find(([question]) => question.test(text));
  return known && say(known[1]);
}

/** What the shop says when the page has shown the fabric that was asked for. Undefined in any other case. */
export function shownFabric(question: string, outputs: readonly StoredItem[]): Reply | undefined {
  const fabric = fabricIn(question);
  const [shown] = outputs.flatMap((item) => (item.type === 'function_call_output' ? [item.output] : []));
  if (!fabric || !shown?.includes(fabric)) return undefined;
  const stock = Number(/In stock: (\d+)/.exec(shown)?.[1] ?? 0);
  const ready = stock > 0 ? `We have ${stock} of them in the shop.` : 'We would make it for you in five weeks.';
  return say(`There it is, in ${fabric}. ${ready} Would you like to see another one?`);
}

function fabricIn(text: string): string | undefined {
  return FABRIC.exec(text)?.[1]?.toLowerCase();
}
