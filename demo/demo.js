const voice = document.querySelector('#voice');
const product = document.querySelector('.product');
const byId = (id) => document.getElementById(id);

/* ── The tool: the assistant can change the chair's fabric. `shop-session.ts` declares the same tool to the model. ── */

const IN_STOCK = { rust: 0, moss: 1, oat: 0, blue: 2 };

function showFabric(fabric) {
  product.dataset.fabric = fabric;
  document.querySelector(`[name=fabric][value=${fabric}]`).checked = true;
}

voice.tools = [
  {
    name: 'show_fabric',
    description: 'Shows the armchair on the page in one of its fabrics, and says how many are in stock.',
    parameters: {
      type: 'object',
      properties: { fabric: { type: 'string', enum: Object.keys(IN_STOCK) } },
      required: ['fabric'],
      additionalProperties: false,
    },
    execute({ fabric }) {
      if (!Object.hasOwn(IN_STOCK, fabric)) return `There is no fabric called ${fabric}`;
      showFabric(fabric);
      return `The chair on the page is now ${fabric}. In stock: ${IN_STOCK[fabric]}`;
    },
  },
];

for (const input of document.querySelectorAll('[name=fabric]')) {
  input.addEventListener('change', () => showFabric(input.value));
}

/* ── The log ── */

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

/* ── Things to try, and the element's attributes ── */

for (const button of document.querySelectorAll('[data-say]')) {
  button.addEventListener('click', async () => {
    // The element already shows a failure, and the log has its `voice-error`.
    await voice.sendText?.(button.dataset.say)?.catch?.(() => undefined);
  });
}

const SHOWN_ATTRIBUTES = ['token-url', 'session-url', 'greet', 'push-to-talk', 'no-transcript', 'no-text-input'];

function writeSnippet() {
  const attributes = voice
    .getAttributeNames()
    .filter((name) => SHOWN_ATTRIBUTES.includes(name))
    .map((name) => (voice.getAttribute(name) ? `${name}="${voice.getAttribute(name)}"` : name));
  byId('tag').textContent = `<realtime-voice\n  ${attributes.join('\n  ')}></realtime-voice>`;
}

for (const input of document.querySelectorAll('[data-attribute]')) {
  input.addEventListener('change', () => {
    voice.toggleAttribute(input.dataset.attribute, input.checked);
    writeSnippet();
  });
}
byId('unified').addEventListener('change', ({ currentTarget: { checked } }) => {
  voice.removeAttribute(checked ? 'token-url' : 'session-url');
  if (checked) voice.setAttribute('session-url', '/api/voice-session');
  else voice.setAttribute('token-url', '/api/voice-token');
  writeSnippet();
});

/* ── Light and dark: the page sets `color-scheme`, and the element follows it ── */

const root = document.documentElement;
const theme = byId('theme');
theme.setAttribute('aria-pressed', String(matchMedia('(prefers-color-scheme: dark)').matches));
theme.addEventListener('click', () => {
  const dark = theme.getAttribute('aria-pressed') !== 'true';
  theme.setAttribute('aria-pressed', String(dark));
  root.dataset.theme = dark ? 'dark' : 'light';
});
