import { html, nothing, type TemplateResult } from 'lit';
import type { LoggedEvent } from './event-log.js';
import { textTree } from './text-tree.js';

/** One event: a line, with the detail below it when it is open. */
export function eventRow(event: LoggedEvent, open: boolean, onToggle: (open: boolean) => void): TemplateResult {
  const { time, element, state, type, summary, detail } = event;
  const toggled = ({ currentTarget }: Event): void => onToggle((currentTarget as HTMLDetailsElement).open);
  return html`<li data-type=${type}>
    <details ?open=${open} @toggle=${toggled}>
      <summary>
        <time datetime=${time}>${clock(time)}</time>
        <b>${type}</b>
        <span class="what">${summary}</span>
        <small>${element}${state ? html`, ${state}` : nothing}</small>
      </summary>
      ${open ? html`<pre tabindex="0" aria-label="Detail of ${type}">${textTree(detail)}</pre>` : nothing}
    </details>
  </li>`;
}

/** The time of day where the visitor is, with milliseconds. */
function clock(time: string): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  const milliseconds = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${milliseconds}`;
}
