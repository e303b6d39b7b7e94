import { css } from 'lit';

/** The greeting, and chips with something to say. */
export const startersStyles = css`
  .greeting,
  .starters {
    margin: 14px 0 0;
  }
  .greeting,
  .starter {
    unicode-bidi: plaintext;
  }
  .greeting {
    text-align: center;
  }
  .starters {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 8px;
  }
  .starter {
    min-block-size: 40px;
    max-inline-size: 100%;
    padding: 8px 14px;
    border: 1px solid var(--_outline);
    border-radius: min(20px, var(--_radius));
    font-size: 0.93em;
    line-height: 1.25;
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
