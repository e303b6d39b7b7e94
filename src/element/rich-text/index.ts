import { registerAnswerWriter } from '../transcript/answer-writer.js';
import { readRich } from './blocks.js';
import { writeRich } from './write-rich.js';

// Answers get links, bold words, lists and paragraphs. Without this module they are plain text.
registerAnswerWriter((words, text, open) => writeRich(words, readRich(text, open), open));
