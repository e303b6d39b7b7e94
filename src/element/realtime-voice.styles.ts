import { cardStyles } from './card/card.styles.js';
import { controlsStyles } from './controls/controls.styles.js';
import { dockStyles } from './dock/dock.styles.js';
import { forcedColorsStyles } from './forced-colors.styles.js';
import { levelMeterStyles } from './meter/level-meter.styles.js';
import { pillStyles } from './card/pill.styles.js';
import { settingsStyles } from './settings/settings-panel.styles.js';
import { themeStyles } from './theme.styles.js';
import { transcriptLogStyles } from './transcript/transcript-view.styles.js';

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
