import { css } from 'lit';

/** The card and its sections. Sizes are in em of one base, so that the page's root font size changes nothing. */
export const cardStyles = css`
  :host {
    display: block;
    inline-size: var(--realtime-voice-width, 360px);
    max-inline-size: 100%;
    font: 400 15px/1.45 sans-serif;
    font-family: var(--realtime-voice-font, inherit);
    letter-spacing: normal;
    text-align: start;
    text-transform: none;
    color: var(--_on-surface);
  }
  :host([hidden]) {
    display: none !important;
  }
  :host,
  * {
    box-sizing: border-box;
  }
  .card,
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
