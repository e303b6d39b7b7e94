import { css } from 'lit';

/** The greeting, and chips with something to say. */
export const startersStyles = css`
  .greeting {
    color: var(--_on-surface);
    font-size: 1em;
  }
  .starter {
    unicode-bidi: plaintext;
  }
  .starters {
    margin: 10px 0 6px;
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 6px;
  }
  .starter {
    min-block-size: 36px;
    max-inline-size: 100%;
    padding: 6px 10px;
    border: 1px solid var(--_outline);
    border-radius: min(20px, var(--_radius));
    font-size: 0.87em;
    line-height: 1.25;
    text-wrap: balance;
  }
  /* Three or four stand in two rows, so that none is cut off: long ones have two lines. */
  .starter:nth-last-child(n + 3),
  .starter:nth-last-child(n + 3) ~ .starter {
    max-inline-size: calc(50% - 3px);
  }
  .starter:last-child:nth-child(odd) {
    max-inline-size: 100%;
  }
  @media (pointer: coarse) {
    .starter {
      min-block-size: 44px;
    }
  }
  @media print {
    .greeting,
    .starters {
      display: none;
    }
  }
`;
