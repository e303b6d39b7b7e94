/** One element in a picture. */
export interface Card {
  /** A state of test/support/look-states.ts. */
  readonly state: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly starters?: readonly string[];
  readonly scheme?: 'light' | 'dark';
  /** A layout of the guide to theming. */
  readonly layout?: 'sidebar' | 'voice-first';
  readonly lang?: string;
}

export interface Scene {
  /** Name of the file, and of the class of its page. */
  readonly name: string;
  /** The window in CSS pixels. */
  readonly width: number;
  readonly height?: number;
  readonly cards: readonly Card[];
}

const STARTERS = ['Show me the rust one', 'What does it cost?', 'Can you mend my chair?'];
const GREETING = { greeting: 'Ask about the armchair, by voice or by typing.' };
const HANDOVER = { 'handover-label': 'Talk to a person' };
const THEMES = ['plain', 'soft', 'contrast', 'glass'];
const themes = (scheme: 'light' | 'dark'): Card[] =>
  THEMES.map((theme) => ({ state: 'speaking', attributes: { theme }, scheme }));

/** The pictures of the docs, in the order of docs/guide/gallery.md. */
export const SCENES: readonly Scene[] = [
  {
    name: 'call',
    width: 1200,
    cards: [
      { state: 'idle', attributes: { ...GREETING, ...HANDOVER }, starters: STARTERS },
      { state: 'speaking', attributes: HANDOVER },
      { state: 'rating', attributes: { 'collect-feedback': '' } },
    ],
  },
  { name: 'themes', width: 1600, cards: [...themes('light'), ...themes('dark')] },
  {
    name: 'layouts',
    width: 1240,
    height: 676,
    cards: [
      { state: 'a way to a person', layout: 'sidebar' },
      { state: 'speaking', layout: 'voice-first' },
    ],
  },
  {
    name: 'answers',
    width: 1200,
    cards: [
      { state: 'an answer with a list and links' },
      { state: 'something shown' },
      { state: 'a question of a tool' },
    ],
  },
  {
    name: 'failures',
    width: 1200,
    cards: [{ state: 'blocked microphone' }, { state: 'lost connection' }, { state: 'a late answer' }],
  },
  {
    name: 'pills',
    width: 940,
    cards: ['idle', 'listening', 'speaking', 'muted'].map((state) => ({ state, attributes: { variant: 'compact' } })),
  },
  {
    name: 'right-to-left',
    width: 1200,
    cards: ['idle', 'speaking', 'ended'].map((state) => ({ state, lang: 'ar' })),
  },
  { name: 'settings', width: 820, cards: [{ state: 'settings' }, { state: 'consent', scheme: 'dark' }] },
  {
    name: 'launcher',
    width: 480,
    cards: [
      {
        state: 'idle',
        attributes: { variant: 'floating', nudge: 'Questions about the armchair?', 'nudge-after': '0' },
      },
    ],
  },
  { name: 'phone', width: 390, cards: [{ state: 'speaking', attributes: { variant: 'floating', open: '' } }] },
];
