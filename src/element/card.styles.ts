import { css } from 'lit';

/** The card and its storeys. Sizes in em from one base, so that a page's root size changes nothing. */
export const cardStyles = css`
  :host {
    display: block;
    box-sizing: border-box;
    inline-size: var(--realtime-voice-width, 360px);
    max-inline-size: 100%;
    font-family: var(--realtime-voice-font, inherit);
    font-size: 15px;
    font-style: normal;
    font-weight: 400;
    line-height: 1.45;
    letter-spacing: normal;
    text-align: start;
    text-transform: none;
    color: var(--_on-surface);
  }
  :host([hidden]) {
    display: none;
  }
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  .card {
    display: flex;
    flex-direction: column;
    block-size: var(--realtime-voice-height, auto);
    padding: 1.2em;
    background: var(--_surface);
    border: 1px solid var(--_hairline);
    border-radius: var(--_radius);
    box-shadow:
      0 1px 2px rgb(0 0 0 / 0.04),
      0 12px 32px -12px rgb(0 0 0 / 0.16);
    overflow-wrap: anywhere;
  }
  .header {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    column-gap: 12px;
  }
  /* Words of another direction than the page's keep their full stop at their own end. */
  .heading,
  .word,
  .hint,
  .notice,
  .consent,
  .field {
    unicode-bidi: plaintext;
  }
  .heading {
    font-weight: 600;
  }
  .heading ::slotted(*) {
    margin: 0 !important;
    font-size: inherit !important;
  }
  .microphone {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    color: var(--_muted);
    font-size: 0.8em;
  }
  .microphone::before {
    content: '';
    inline-size: 8px;
    block-size: 8px;
    border: 2px solid var(--_accent);
    border-radius: 50%;
    background: var(--_accent);
  }
  .microphone.muted::before {
    border-color: var(--_muted);
    background: none;
  }

  .stage {
    display: flex;
    flex-direction: column;
    align-items: center;
    padding-block-start: 10px;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: 4px 12px;
    min-block-size: 36px;
    margin-block-start: 4px;
  }
  .word {
    font-weight: 600;
    text-align: center;
  }
  .hint {
    margin: 0;
    max-inline-size: 25em;
    color: var(--_muted);
    font-size: 0.87em;
    text-align: center;
    text-wrap: pretty;
  }

  .notice {
    display: flex;
    flex-direction: column;
    gap: 10px;
    margin-block-start: 14px;
    padding: 11px 14px;
    background: var(--_tint);
    border: 1px solid transparent;
    border-radius: var(--_radius-inner);
    font-size: 0.93em;
    font-variant-numeric: tabular-nums;
  }
  .notice.danger {
    background: var(--_danger-tint);
  }
  .notice.working {
    padding-block: 7px;
    color: var(--_muted);
  }
  .consent {
    margin-block-start: 14px;
  }
  .consent > .small {
    font-size: 0.87em;
  }
  .consent .row {
    margin-block-start: 14px;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (prefers-reduced-motion: no-preference) {
    .notice,
    .entry.partial {
      animation: appear 0.16s ease-out;
    }
  }
  @keyframes appear {
    from {
      opacity: 0;
      transform: translateY(4px);
    }
  }
  @media (forced-colors: active) {
    .card,
    .notice {
      border-color: CanvasText;
    }
    .microphone.on::before {
      background: CanvasText;
    }
  }
`;
