import { css } from 'lit';

/** The settings button, the panel that it opens, and large captions. */
export const settingsPanelStyles = css`
  .gear {
    inline-size: 44px;
    block-size: 44px;
    flex: none;
    margin: -10px;
    border-radius: 50%;
    color: var(--_muted);
  }
  /* While it has something open. */
  .gear[aria-expanded='true'] {
    padding: 5px;
    background: var(--_tint) content-box;
  }
  /* Its ring stays away from what is below the heading. */
  .gear:focus-visible {
    outline-offset: -3px;
  }
  /* They cover the stage and the transcript instead of moving them. Nothing of those shows at their edges. */
  .settings + .scene {
    opacity: 0;
  }
  .settings {
    display: grid;
    grid-auto-rows: max-content;
    align-content: start;
    gap: 10px;
    grid-area: 1 / 2;
    position: relative;
    z-index: 1;
    min-block-size: 0;
    margin: 4px 0 0;
    padding: 14px;
    background: var(--_tint);
    border: 1px solid var(--_hairline);
    border-radius: var(--_radius-inner);
    font-size: 0.93em;
    accent-color: var(--_accent);
    overflow-y: auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  .choice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
    min-block-size: 28px;
  }
  .choice span {
    flex: 1 0 6.5em;
  }
  .choice select,
  .choice [type='range'] {
    flex: 3 1 9em;
    min-inline-size: 0;
    margin: 0;
  }
  .choice select {
    min-block-size: 36px;
    padding-inline: 8px;
    border: 1px solid var(--_outline);
    border-radius: min(8px, var(--_radius));
    background: var(--_surface);
    color: inherit;
    font: inherit;
  }
  .choice [type='checkbox'] {
    inline-size: 20px;
    block-size: 20px;
    margin: 4px;
  }
  /* The level of the visitor's microphone. */
  progress {
    inline-size: 100%;
    block-size: 8px;
  }
  .large .words {
    font-size: 1.5em;
    line-height: 1.35;
  }
  /* The latest words, which follow the voice. A screen reader still finds the others, and so does Tab. */
  .caption .entry {
    padding-inline: 0;
    border: 0;
    text-align: center;
  }
  .caption .entry:not([part~='entry-latest'], :focus-within) {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .caption .group {
    content-visibility: visible;
  }
`;
