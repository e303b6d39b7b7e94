import type { CSSResultGroup } from 'lit';
import { announcementsStyles } from './announcements/announcements.styles.js';
import { cardStyles } from './card/card.styles.js';
import { lowWindowStyles } from './card/low-window.styles.js';
import { pillStyles } from './card/pill.styles.js';
import { stageStyles } from './card/stage.styles.js';
import { controlsStyles } from './controls/controls.styles.js';
import { dockStyles } from './dock/dock.styles.js';
import { endingStyles } from './ending/ending.styles.js';
import { levelMeterStyles } from './meter/level-meter.styles.js';
import { noticeAreaStyles } from './notices/notice-area.styles.js';
import { settingsPanelStyles } from './settings/settings-panel.styles.js';
import { softEdgesStyles } from './soft-edges.styles.js';
import { startersStyles } from './starters/starters.styles.js';
import { forcedColorsStyles } from './theme/forced-colors.styles.js';
import { moreContrastStyles } from './theme/more-contrast.styles.js';
import { motionStyles } from './theme/motion.styles.js';
import { namedThemesStyles } from './theme/named-themes.styles.js';
import { pageCssStyles } from './theme/page-css.styles.js';
import { printStyles } from './theme/print.styles.js';
import { themeStyles } from './theme/theme.styles.js';
import { transcriptMenuStyles } from './transcript/transcript-menu.styles.js';
import { transcriptViewStyles } from './transcript/transcript-view.styles.js';

/** The styles of the element. Later sheets override earlier ones. */
export const elementStyles: CSSResultGroup = [
  themeStyles,
  namedThemesStyles,
  pageCssStyles,
  announcementsStyles,
  cardStyles,
  noticeAreaStyles,
  stageStyles,
  levelMeterStyles,
  transcriptViewStyles,
  softEdgesStyles,
  controlsStyles,
  startersStyles,
  endingStyles,
  settingsPanelStyles,
  transcriptMenuStyles,
  dockStyles,
  lowWindowStyles,
  pillStyles,
  motionStyles,
  moreContrastStyles,
  forcedColorsStyles,
  printStyles,
];
