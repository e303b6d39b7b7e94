import './event-log.js';
import './shop.js';
import './switches.js';
