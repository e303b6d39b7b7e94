/* Buttons that copy, of the shop and of the snippet builder. */

/** Each button with `data-copies` copies the field or the code of this id. */
export function enableCopying() {
  for (const button of document.querySelectorAll('[data-copies]')) {
    const source = document.getElementById(button.dataset.copies);
    button.addEventListener('click', async () => {
      try {
        // A page on plain http has no clipboard.
        await navigator.clipboard.writeText(source.value ?? source.textContent);
        tell(button, 'Copied', 'Copied.');
      } catch {
        if (source.select) source.select();
        else getSelection().selectAllChildren(source);
        const status = 'The browser does not let the page copy. The text is selected: copy it.';
        tell(button, 'Selected: copy it', status);
      }
    });
  }
}

/** How long the words stay, in milliseconds. */
const SHOWN_MS = 3000;

/** The status is read by screen readers; the words are seen where the eye looks. */
function tell(button, words, status) {
  document.querySelector('.copied')?.remove();
  const seen = document.createElement('span');
  Object.assign(seen, { className: 'copied', ariaHidden: 'true', textContent: words });
  button.before(seen);
  setTimeout(() => seen.remove(), SHOWN_MS);
  const live = document.getElementById('status');
  // The same words would not be read again.
  live.textContent = '';
  requestAnimationFrame(() => (live.textContent = status));
}
