import type { ConversationItem } from 'openai/resources/realtime/realtime';

/** An item of the conversation, which always has an id. */
export type StoredItem = ConversationItem & { id: string };
