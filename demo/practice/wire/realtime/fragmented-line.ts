import { newId } from '../../service/new-id.js';
import type { CallLine } from '../dialect.js';
import { betaEvent, type NamedEvent } from './beta-event.js';

/** In base64 characters. Together with its other fields, a message stays below 1 KiB. */
const LONGEST_DATA = 800;

interface Message {
  type: 'full_message' | 'partial_message';
  id: string;
  data: string;
  fragment_index?: number;
  total_fragments?: number;
}

/** A line that sends every event under its name of the beta, in base64, and in pieces if it is long. */
export function fragmented(line: CallLine): CallLine {
  return {
    id: line.id,
    ear: line.ear,
    playback: line.playback,
    speech: line.speech,
    tempo: line.tempo,
    later: (ms, action) => line.later(ms, action),
    close: () => line.close(),
    end: () => line.end(),
    send(event) {
      const renamed = betaEvent(event as NamedEvent);
      if (renamed) for (const message of messagesOf(renamed)) line.send(message);
    },
  };
}

function messagesOf(event: NamedEvent): Message[] {
  const id = String(event['event_id'] ?? newId('event'));
  const data = Buffer.from(JSON.stringify(event)).toString('base64');
  if (data.length <= LONGEST_DATA) return [{ type: 'full_message', id, data }];
  const total = Math.ceil(data.length / LONGEST_DATA);
  return Array.from({ length: total }, (_, index) => ({
    type: 'partial_message',
    id,
    data: data.slice(index * LONGEST_DATA, (index + 1) * LONGEST_DATA),
    fragment_index: index,
    total_fragments: total,
  }));
}
