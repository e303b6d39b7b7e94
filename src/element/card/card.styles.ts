import { css } from 'lit';

/** The card and its sections. Sizes are in em of one base, so that the page's root font size changes nothing. */
export const cardStyles = css`
  :host {
    display: block;
    inline-size: var(--realtime-voice-width, 360px);
    max-inline-size: 100%;
    font-size: 15px;
  }
  :host([hidden]) {
    display: none !important;
  }
  :host,
  * {
    box-sizing: border-box;
  }
  .stage,
  .log,
  .group,
  .notice,
  .stack {
    display: flex;
    flex-direction: column;
  }
  .header,
  .line,
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 12px;
  }
  .log,
  .group,
  .notice,
  .stack,
  .composer {
    gap: 10px;
  }
  .log,
  .notice,
  .stack,
  .composer {
    margin-block-start: 14px;
  }
  .card {
    flex-direction: column;
    block-size: var(--realtime-voice-height, auto);
    padding: 1.2em;
    background: var(--_surface);
    border: 1px solid var(--_hairline);
    border-radius: var(--_radius);
    overflow-wrap: anywhere;
  }
  .card,
  .drawer,
  .launcher {
    box-shadow: 0 10px 32px -12px rgb(0 0 0 / 0.25);
  }
  .header {
    flex-wrap: nowrap;
    align-items: center;
  }
  .heading {
    flex: auto;
  }
  .heading,
  .word,
  .who {
    font-weight: 600;
  }
  .hint,
  .microphone,
  .who,
  .remark {
    color: var(--_muted);
    font-size: 0.85em;
  }
  /* A text that runs the other way than the page keeps its full stop at its own end. */
  .heading,
  /* It gets the focus from a button that has gone. It is no field: its ring is softer. */
  .word:focus-visible {
    outline-width: 2px;
    outline-offset: 6px;
    border-radius: 4px;
  }
  .word,
  .hint,
  .notice,
  .field {
    unicode-bidi: plaintext;
  }
  .heading ::slotted(*) {
    margin: 0 !important;
    font-size: inherit !important;
  }
  .microphone::before {
    content: '';
    display: inline-block;
    inline-size: 0.3em;
    block-size: 0.3em;
    margin-inline-end: 6px;
    border: 0.2em solid var(--_accent);
    border-radius: 50%;
    vertical-align: 0.05em;
  }
  :host(:not([muted])) .microphone::before {
    background: var(--_accent);
  }

  .stage {
    align-items: center;
    padding-block-start: 10px;
    text-align: center;
  }
  .line {
    align-items: center;
    justify-content: center;
    min-block-size: 40px;
  }
  .hint {
    margin: 0;
    max-inline-size: 25em;
  }

  .notices,
  .keep {
    display: contents;
  }
  /* Questions are last on the card: no control moves away from under a pointer, and none becomes their button. */
  .notices > :last-child {
    order: 1;
  }
  .keep[inert] > * {
    opacity: 0.55;
  }
  /* The consent text says the same in its own words. */
  .card:has(> [inert]) .stage > .hint {
    visibility: hidden;
  }
  /* Long ones scroll from their beginning, so that the buttons are never there without the words. */
  #question {
    min-block-size: 48px;
    max-block-size: 30dvh;
    overflow: auto;
  }
  dl {
    display: grid;
    grid-template-columns: fit-content(40%) 1fr;
    gap: 2px 12px;
    margin: 6px 0 0;
  }
  /* The model and the page may write in another direction than the element. */
  dt,
  dd,
  #question {
    unicode-bidi: plaintext;
    overflow-wrap: anywhere;
  }
  dt {
    color: var(--_muted);
  }
  dd {
    margin: 0;
  }
  .notice {
    padding: 11px 14px;
    background: var(--_tint);
    border: 1px solid transparent;
    border-radius: var(--_radius-inner);
    font-size: 0.93em;
  }
  .notice.danger {
    background: color-mix(in srgb, var(--_danger) 9%, var(--_surface));
  }
  .unseen,
  .pill .mute[aria-pressed] span,
  .pill .interrupt span {
    position: absolute;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
`;
