/* The log: a sentence for each event of the element. */

const voice = document.querySelector('#voice');
const byId = (id) => document.getElementById(id);

const MOST_ROWS = 800;
const list = byId('events');
let waiting = null; // The rows that arrived while the log was paused; null while it runs.
let startedAt = 0; // When the call started, in milliseconds of `performance.now()`.
let latest; // The newest row, except rows of wire events.

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
const tokens = ({ inputTokens, outputTokens }) => `${inputTokens} tokens in, ${outputTokens} out`;

/** A sentence for each event. */
const SENTENCES = {
  'voice-start': ({ microphone }) =>
    microphone ? 'A call starts, with the microphone' : 'A call starts, without the microphone',
  'voice-state-change': ({ state, previousState }) => `${previousState} → ${state}`,
  'voice-transcript': ({ entry }) => {
    const speaker = entry.role === 'user' ? 'Visitor' : 'Assistant';
    const remark = { partial: '…', interrupted: ' (interrupted)', failed: ' (not understood)' }[entry.status] ?? '';
    return `${speaker}: ${entry.text}${remark}`;
  },
  'voice-tool-call': ({ name, arguments: given }) => `The model calls ${name}(${JSON.stringify(given)})`,
  'voice-usage': ({ last, total }) => `This answer: ${tokens(last)}. The call so far: ${tokens(total)}`,
  'voice-quality': ({ quality, roundTripMs, lossPercent }) =>
    `The connection is ${quality}: ${Math.round(roundTripMs)} ms round trip, ${lossPercent.toFixed(1)} % lost`,
  'voice-warning': ({ code, message, secondsLeft }) =>
    `${message || code}${secondsLeft ? `, ${secondsLeft} s left` : ''}`,
  'voice-reconnect': ({ attempt, resumedEntries, durationMs }) =>
    `Connected again at attempt ${attempt} after ${seconds(durationMs)}, ${resumedEntries} entries carried over`,
  'voice-consent': ({ accepted, version }) => `Consent ${version} ${accepted ? 'given' : 'refused'}`,
  'voice-handover': ({ callId }) => `The visitor asks for a person, in the call ${callId ?? 'without id'}`,
  'voice-feedback': ({ rating, comment }) => `The call was ${rating}${comment ? `: ${comment}` : ''}`,
  'voice-error': ({ error }) => `${error.code}: ${error.message}`,
  'voice-end': ({ reason, durationMs }) => `The call ended (${reason}) after ${seconds(durationMs)}`,
};

function rowFor(kind) {
  const row = document.createElement('li');
  row.dataset.kind = kind;
  const time = document.createElement('time');
  time.textContent = ((performance.now() - startedAt) / 1000).toFixed(2);
  row.append(time);
  return row;
}

function append(row) {
  if (waiting) {
    waiting.push(row);
    byId('pause').textContent = `Resume (${waiting.length})`;
    return;
  }
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  list.append(row);
  while (list.childElementCount > MOST_ROWS) list.firstElementChild.remove();
  if (atEnd) list.scrollTop = list.scrollHeight;
}

for (const [kind, describe] of Object.entries(SENTENCES)) {
  voice.addEventListener(kind, ({ detail }) => {
    if (kind === 'voice-start') startedAt = performance.now();
    const entryId = kind === 'voice-transcript' ? detail.entry.id : undefined;
    // Text arrives in small pieces. They update one row, unless another event came in between.
    if (entryId !== undefined && latest?.entryId === entryId) {
      latest.what.textContent = describe(detail);
      latest.name.textContent = `${kind} × ${++latest.count}`;
      return;
    }
    const row = rowFor(kind);
    const body = document.createElement('div');
    const what = Object.assign(document.createElement('div'), { className: 'what', textContent: describe(detail) });
    const name = Object.assign(document.createElement('div'), { className: 'name', textContent: kind });
    body.append(what, name);
    row.append(body);
    latest = { entryId, what, name, count: 1 };
    append(row);
  });
}

voice.addEventListener('voice-server-event', ({ detail }) => {
  const row = rowFor('voice-server-event');
  row.classList.add('wire');
  const details = document.createElement('details');
  const summary = Object.assign(document.createElement('summary'), { textContent: detail.type });
  // The JSON is written only when the row is opened: a call has hundreds of wire events.
  details.addEventListener('toggle', () => {
    if (details.childElementCount > 1) return;
    details.append(Object.assign(document.createElement('pre'), { textContent: JSON.stringify(detail, null, 2) }));
  });
  details.append(summary);
  row.append(details);
  append(row);
});

byId('pause').addEventListener('click', (event) => {
  const button = event.currentTarget;
  const held = waiting;
  waiting = held ? null : [];
  button.setAttribute('aria-pressed', String(!held));
  button.textContent = held ? 'Pause' : 'Resume';
  held?.forEach(append);
});
byId('clear').addEventListener('click', () => {
  list.replaceChildren();
  if (waiting) waiting = [];
  latest = undefined;
});
byId('wire').addEventListener('change', (event) => list.classList.toggle('with-wire', event.currentTarget.checked));
