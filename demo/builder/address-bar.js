/** A longer address is not taken by every program through which it is shared. */
const LONGEST = 30_000;

/** The snippet and the stack in the address of the page, so that it can be shared. Instructions are not in it. */
export function writeAddress({ html, stack }) {
  const hash = `#${new URLSearchParams({ stack, html })}`;
  try {
    history.replaceState(null, '', hash.length <= LONGEST ? hash : location.pathname);
  } catch {
    // Some browsers refuse the change if there have been many in a short time. A later one is taken.
  }
}

export function readAddress() {
  const state = new URLSearchParams(location.hash.slice(1));
  return { html: state.get('html') ?? '', stack: state.get('stack') ?? '' };
}
