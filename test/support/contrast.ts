const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', {
  willReadFrequently: true,
})!;

/** Paints colours over one another, and reads the result: whatever syntax a browser computes them in. */
function paint(colors: readonly string[]): readonly number[] {
  for (const color of colors) {
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
  }
  return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

/** Relative luminance as WCAG defines it. */
function luminance(rgb: readonly number[]): number {
  const [red, green, blue] = rgb.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

/** The contrast of an element's text, or of another colour, with all that is painted behind it on a page. */
export function contrastOf(element: Element, pageColor: string, color = getComputedStyle(element).color): number {
  const behind: string[] = [];
  for (let node: Element | null = element; node; node = node.assignedSlot ?? node.parentElement)
    behind.unshift(getComputedStyle(node).backgroundColor);
  const background = paint([pageColor, ...behind]);
  const text = paint([pageColor, ...behind, color]);
  const [low, high] = [luminance(background), luminance(text)].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}
