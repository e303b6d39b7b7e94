/** The snippet and the stack in the address of the page, so that it can be shared. Instructions are not in it. */
export function writeAddress({ html, stack }) {
  const state = new URLSearchParams({ stack, html });
  history.replaceState(null, '', `#${state}`);
}

export function readAddress() {
  const state = new URLSearchParams(location.hash.slice(1));
  return { html: state.get('html') ?? '', stack: state.get('stack') ?? '' };
}
