/** "1 min 24 sec" in the words of a language. The browser's own number formats know all of them. */
export function formatDuration(milliseconds: number, lang: string): string {
  const total = Math.round(milliseconds / 1000);
  const minutes = Math.floor(total / 60);
  const part = (value: number, unit: 'minute' | 'second'): string =>
    new Intl.NumberFormat(lang, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
  if (minutes === 0) return part(total, 'second');
  return `${part(minutes, 'minute')} ${part(total % 60, 'second')}`;
}

/** "in 15 seconds" in the words of a language, whatever its plurals. */
export function formatCountdown(seconds: number, lang: string): string {
  return new Intl.RelativeTimeFormat(lang).format(seconds, 'second');
}
