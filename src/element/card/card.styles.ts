import { css } from 'lit';

/** The card and its sections. Sizes are in em of one base, so that the page's root font size changes nothing. */
export const cardStyles = css`
  :host {
    --_usual-height: 540px;
    --_room: max(100svh, 240px);
    display: block;
    inline-size: var(--realtime-voice-width, 360px);
    max-inline-size: 100%;
    font-size: 15px;
  }
  :host([no-text-input]) {
    --_usual-height: 480px;
  }
  :host([no-transcript]) {
    --_usual-height: 485px;
  }
  :host([no-transcript][no-text-input]) {
    --_usual-height: 425px;
  }
  :host([handover-label]:not([handover-label=''])) {
    --_more: 30px;
  }
  :host([hidden]) {
    display: none !important;
  }
  :host,
  * {
    box-sizing: border-box;
  }
  .scene,
  .stage,
  .log,
  .group,
  .notice,
  .stack {
    display: flex;
    flex-direction: column;
  }
  .header,
  .row {
    display: flex;
    gap: 10px 12px;
  }
  .log,
  .group,
  .notice,
  .stack,
  .composer {
    gap: 10px;
  }
  .stack,
  .base:not(:empty) {
    margin-block-start: var(--_gap);
  }
  /*
   * The card has one height in all states, so that nothing on the page moves during a call. Heading and controls are
   * always in view; what is between them gets the room that is left, and scrolls. Notices take the end of it. How the
   * stage looks depends on the whole of it, so that no notice moves the stage.
   */
  .card {
    flex-direction: column;
    block-size: var(--realtime-voice-height, calc(var(--_usual-height) + var(--_more, 0px)));
    max-block-size: var(--_room);
    padding: var(--_padding);
    background: var(--_pane);
    border: var(--_edge);
    border-radius: var(--_radius);
    -webkit-backdrop-filter: var(--_filter);
    backdrop-filter: var(--_filter);
    overflow-wrap: anywhere;
  }
  .card,
  .drawer,
  .nudge,
  .launcher {
    box-shadow: var(--_shadow);
  }
  .header {
    flex: none;
    min-block-size: 30px;
    align-items: center;
  }
  /* Not as wide as it can be: a text that runs the other way than the page would be at its other end. */
  .heading {
    min-inline-size: 0;
    margin-inline-end: auto;
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
  /* It gets the focus from a button that has gone. It is no field: its ring is softer. */
  .word:focus-visible {
    outline-width: 2px;
    outline-offset: 6px;
    border-radius: 4px;
  }
  /* A text that runs the other way than the page keeps its full stop at its own end. */
  .heading,
  .word,
  .hint,
  .is-ai,
  .notice,
  .field {
    unicode-bidi: plaintext;
  }
  .heading ::slotted(*) {
    margin: 0 !important;
    font-size: inherit !important;
  }
  /* What scrolls is as wide as the card, so that no outline or shadow is cut off at its sides. */
  .middle {
    flex: 1 1 0;
    display: grid;
    grid-template: minmax(0, 1fr) auto / var(--_padding) minmax(0, 1fr) var(--_padding);
    min-block-size: 36px;
    margin-inline: calc(-1 * var(--_padding));
    container-type: size;
  }
  .scene {
    grid-area: 1 / 1 / auto / -1;
    min-block-size: 0;
    padding-inline: var(--_padding);
    overflow-y: auto;
    scrollbar-width: thin;
  }
  /* A box around some of them would move when one comes or goes. */
  .keep,
  .top {
    display: contents;
  }
  :is(.keep, .top) > * {
    flex: none;
  }
  /* In a panel that is lower than the card, text field and foot are at its end. */
  .drawer .base {
    position: var(--_stick);
    inset-block-end: 0;
    z-index: 1;
    background: var(--_base);
  }
  .keep[inert] :is(.stack, .handover-row, .base) {
    opacity: 0.55;
  }
  /* The consent text says the same in its own words. */
  .keep[inert] .hint {
    visibility: hidden;
  }
  .foot {
    display: flex;
    flex-direction: column;
    justify-content: center;
    min-block-size: 48px;
  }
  .composer + .foot {
    margin-block-start: var(--_gap);
  }
  .foot .hint,
  .is-ai {
    text-align: center;
  }
  /* It lies mostly in the padding of the card, and takes little room from the words. Empty, it keeps its place. */
  .is-ai {
    flex: none;
    min-block-size: 12px;
    margin: 2px 0 calc(8px - var(--_padding));
    color: var(--_muted);
    line-height: 12px;
  }
  /* Not of the whole place: the padding is in em of the card. */
  .is-ai span {
    display: block;
    font-size: 0.76em;
  }
  .unseen,
  .user + .user > .who,
  .assistant + .assistant > .who,
  .pill .mute span,
  .pill .interrupt span {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
`;
