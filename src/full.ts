// The element with all its languages and rich text, for sites that want one file.
import './index.js';
import './element/rich-text/index.js';
import './locales/ar.js';
import './locales/de.js';
import './locales/es.js';
import './locales/fr.js';
import './locales/it.js';
import './locales/ja.js';
import './locales/nl.js';
import './locales/pl.js';
import './locales/pt-br.js';
import './locales/tr.js';
import './locales/zh-cn.js';
