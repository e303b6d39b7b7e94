/** Where a visitor sees the element. */
export interface Surroundings {
  readonly name: string;
  readonly scheme?: 'dark';
  readonly forced?: boolean;
  readonly dir?: 'rtl';
  readonly lang?: string;
  /** Width of the viewport in CSS pixels. */
  readonly width?: number;
  /** Height of the viewport in CSS pixels. */
  readonly height?: number;
  /** Fingers instead of a mouse. */
  readonly touch?: boolean;
}

/** Colours that the visitor has chosen; the browser has a set of each kind. */
export const FORCED: readonly Surroundings[] = [
  { name: 'forced colours, light', forced: true },
  { name: 'forced colours, dark', forced: true, scheme: 'dark' },
];

/** What must look right in every theme and layout. */
export const BASIC_SURROUNDINGS: readonly Surroundings[] = [
  { name: 'light' },
  { name: 'dark', scheme: 'dark' },
  // A phone's screen without the browser's own bars.
  { name: 'a phone of 390 px', width: 390, height: 664, touch: true },
  { name: 'right to left, in Arabic', dir: 'rtl', lang: 'ar' },
  FORCED[1]!,
  { name: 'zoomed to 200 %', width: 640, height: 400 },
];

export const ALL_SURROUNDINGS: readonly Surroundings[] = [
  ...BASIC_SURROUNDINGS,
  FORCED[0]!,
  { name: '320 px, in German', width: 320, lang: 'de' },
  { name: 'a phone on its side', width: 667, height: 320 },
];
