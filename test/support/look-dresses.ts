import { readFileSync } from 'node:fs';
import { VIEW_OPTIONS } from '../../src/element/options.js';

/** What a site dresses the element in. */
export interface Dress {
  readonly name: string;
  readonly theme?: string;
  /** The class of what the element is in. */
  readonly place?: string;
  readonly variants: readonly string[];
}

const themes = VIEW_OPTIONS.theme.words!.map(String);
/** A layout is for the card. */
const layouts = ['sidebar', 'voice-first'];
const sites = ['bank', 'clinic', 'arcade', 'paper', 'bar'];

/** The themes of the element, and the layouts of the guide to theming. */
export const DRESSES: readonly Dress[] = [
  ...themes.map((theme) => ({ name: theme, theme, variants: ['inline', 'compact', 'floating'] })),
  ...layouts.map((place) => ({ name: place, place, variants: ['inline'] })),
];

/** The sites of the demo's page of themes. */
export const SITES: readonly Dress[] = sites.map((place) => ({
  name: place,
  place,
  variants: [place === 'bar' ? 'compact' : 'inline'],
}));

export const UNDRESSED: Dress = { name: 'no theme', variants: ['inline', 'compact', 'floating'] };

/** On the pages of the tests the element has another name. */
const renamed = (css: string): string => css.replace(/(?<!-)realtime-voice(?=[ :])/g, 'scripted-voice');

/** The demo's style sheet for its page of themes. */
export const siteStyles = (): string => renamed(readFileSync('demo/themes.css', 'utf8'));

/** The layouts of the guide, each for a class of what the element is in. */
export function layoutStyles(): string {
  const section = /(?<=\n## Layouts\n).*?(?=\n## )/s.exec(readFileSync('docs/guide/theming.md', 'utf8'))![0];
  const css = [...section.matchAll(/```css\n(.*?)```/gs)].map(([, block]) => renamed(block!)).join('\n');
  return including(layouts, css);
}

/** The styles of all dresses, and a place for each. */
export function dressStyles(): string {
  const ofSites = siteStyles().match(/^\.[^]*?^}/gm)!;
  // What is behind glass is neither as dark nor as light as the page.
  return `${layoutStyles()}
    ${including(sites, ofSites.join('\n'))}
    section.sidebar { position: fixed; inset-block: 0; inset-inline-end: 0; inline-size: min(420px, 100vw) }
    section:has([theme='glass']) { background: #b4532e }`;
}

function including(places: readonly string[], css: string): string {
  const missing = places.filter((place) => !css.includes(`.${place} `));
  if (missing.length > 0) throw new Error(`There are no styles for ${missing.join(', ')}.`);
  return css;
}
