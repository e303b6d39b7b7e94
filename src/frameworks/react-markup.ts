import { CALL_OPTIONS, VIEW_OPTIONS } from '../element/options.js';
import { EVENTS } from './react-events.js';

const OPTIONS: Readonly<Record<string, { readonly attribute?: unknown }>> = { ...CALL_OPTIONS, ...VIEW_OPTIONS };

/**
 * The attributes of the tag that a server renders, for React. The element looks right at once, but it cannot be
 * pressed before the page is hydrated: functions, tools and listeners are there only then.
 */
export function markupOf(props: object): Record<string, unknown> {
  const markup: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(props)) {
    const option = OPTIONS[name];
    // React writes `className` of a custom element as it is.
    if (name === 'className') markup['class'] = value;
    else if (!option && !(name in EVENTS)) markup[name] = value;
    else if (typeof option?.attribute === 'string' && isText(value)) markup[option.attribute] = textOf(value);
  }
  return { ...markup, inert: '' };
}

/** Whether an attribute can say it. A boolean that is false has no attribute. */
const isText = (value: unknown): boolean => value === true || typeof value === 'string' || typeof value === 'number';

/** React before 19 writes `true` as a text. */
const textOf = (value: unknown): unknown => (value === true ? '' : value);
