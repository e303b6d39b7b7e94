import { css } from 'lit';

/** Read aloud, and not seen. It takes no room, and nothing scrolls because of it. */
export const announcementsStyles = css`
  .announcement {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
`;
