import { enableCopying } from './copying.js';
import './event-log.js';
import './shop.js';
import './switches.js';

enableCopying();
