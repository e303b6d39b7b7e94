import { html, type LitElement, nothing, type TemplateResult } from 'lit';
import type { RealtimeVoiceElement } from '../element/realtime-voice.js';
import type { WatchedElement } from './page-watch.js';
import { plainCopy } from './plain-copy.js';
import { textTree } from './text-tree.js';

/** Options that hold a secret, or a function that returns one. */
const SECRET_OPTIONS = ['tokenSource', 'requestInit'];

/** What an element is and how it is set; nothing for an element that is gone. */
export function renderFacts({ name, ref, quality }: WatchedElement): TemplateResult | typeof nothing {
  const element = ref.deref();
  if (!element) return nothing;
  const { version = 'not registered' } = element.constructor as typeof RealtimeVoiceElement;
  const { state = '', callId, usage } = element;
  const facts = plainCopy({
    version,
    state,
    'in the page': element.isConnected,
    callId,
    quality: quality || 'not reported yet',
    usage,
    settings: settingsOf(element),
  });
  return html`<details class="facts">
    <summary><b>${name}</b> ${plainCopy(state)}</summary>
    <pre tabindex="0" aria-label="Facts about ${name}">${textTree(facts)}</pre>
  </details>`;
}

/** The options that differ from their default. */
function settingsOf(element: RealtimeVoiceElement): Record<string, unknown> {
  const settings: [string, unknown][] = [];
  const { elementProperties } = element.constructor as typeof LitElement;
  elementProperties?.forEach((option, name) => {
    const value = (element as unknown as Record<PropertyKey, unknown>)[name];
    if (value === (option as { default?: unknown }).default) return;
    settings.push([String(name), SECRET_OPTIONS.includes(String(name)) ? '[set]' : value]);
  });
  return Object.fromEntries(settings);
}
