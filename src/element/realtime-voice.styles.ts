import { cardStyles } from './card.styles.js';
import { controlsStyles } from './controls.styles.js';
import { dockStyles } from './dock.styles.js';
import { forcedColorsStyles } from './forced-colors.styles.js';
import { levelMeterStyles } from './level-meter.styles.js';
import { pillStyles } from './pill.styles.js';
import { settingsStyles } from './settings.styles.js';
import { themeStyles } from './theme.styles.js';
import { transcriptLogStyles } from './transcript-log.styles.js';

export const elementStyles =
  themeStyles +
  cardStyles +
  levelMeterStyles +
  transcriptLogStyles +
  controlsStyles +
  settingsStyles +
  dockStyles +
  pillStyles +
  forcedColorsStyles;
