import type { CSSResultOrNative } from 'lit';

/** Gives a shadow root its styles anew: another document does not take sheets along that were made in the first. */
export function restyle(root: ShadowRoot, styles: readonly CSSResultOrNative[]): void {
  const { CSSStyleSheet } = root.ownerDocument.defaultView ?? window;
  root.adoptedStyleSheets = styles.map((style) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(String(style));
    return sheet;
  });
}
