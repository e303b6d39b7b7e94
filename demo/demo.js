const voice = document.querySelector('#voice');
const product = document.querySelector('.product');
const byId = (id) => document.getElementById(id);

/* ── The tool: the assistant may change the chair in the page. The server's session names the same function. ── */

const READY = { rust: 0, moss: 1, oat: 0, blue: 2 };

function showFabric(fabric) {
  product.dataset.fabric = fabric;
  document.querySelector(`[name=fabric][value=${fabric}]`).checked = true;
}

voice.tools = [
  {
    name: 'show_fabric',
    description: 'Shows the armchair on the page in one of its fabrics, and tells how many stand ready.',
    parameters: {
      type: 'object',
      properties: { fabric: { type: 'string', enum: Object.keys(READY) } },
      required: ['fabric'],
      additionalProperties: false,
    },
    execute({ fabric }) {
      if (!(fabric in READY)) return `There is no fabric called ${fabric}`;
      showFabric(fabric);
      const ready = READY[fabric] === 0 ? 'None stands' : READY[fabric] === 1 ? 'One stands' : 'Two stand';
      return `The chair on the page is ${fabric} now. ${ready} ready in the shop`;
    },
  },
];

for (const input of document.querySelectorAll('[name=fabric]')) {
  input.addEventListener('change', () => showFabric(input.value));
}

/* ── The log ── */

const MOST_ROWS = 800;
const list = byId('events');
let waiting = null; // rows held back while the log is paused
let startedAt = 0;
let latest; // the last row of the package's own events, with what it was about

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
const tokens = ({ inputTokens, outputTokens }) => `${inputTokens} tokens in, ${outputTokens} out`;

/** What each event means, in words. */
const WORDS = {
  'voice-start': ({ microphone }) =>
    microphone ? 'A call starts, with the microphone' : 'A call starts, by text only',
  'voice-state-change': ({ state, previousState }) => `${previousState} → ${state}`,
  'voice-transcript': ({ entry }) => {
    const who = entry.role === 'user' ? 'Visitor' : 'Assistant';
    const mark = { partial: '…', interrupted: ' (interrupted)', failed: ' (not understood)' }[entry.status] ?? '';
    return `${who}: ${entry.text}${mark}`;
  },
  'voice-tool-call': ({ name, arguments: given }) => `The page is asked to run ${name}(${JSON.stringify(given)})`,
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

for (const [kind, describe] of Object.entries(WORDS)) {
  voice.addEventListener(kind, ({ detail }) => {
    if (kind === 'voice-start') startedAt = performance.now();
    const about = kind === 'voice-transcript' ? detail.entry.id : undefined;
    // Words arrive a few letters at a time; they grow in one row unless something else happened in between.
    if (about !== undefined && latest?.about === about) {
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
    latest = { about, what, name, count: 1 };
    append(row);
  });
}

voice.addEventListener('voice-server-event', ({ detail }) => {
  const row = rowFor('voice-server-event');
  row.classList.add('wire');
  const details = document.createElement('details');
  const summary = Object.assign(document.createElement('summary'), { textContent: detail.type });
  // Written out only when looked at: a call brings hundreds.
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
    // A failure is already told: by the element to the visitor, by voice-error to the log.
    await voice.sendText?.(button.dataset.say)?.catch?.(() => undefined);
  });
}

function writeSnippet() {
  const attributes = voice.getAttributeNames().flatMap((name) => {
    if (!['token-url', 'session-url', 'greet', 'push-to-talk', 'no-transcript', 'no-text-input'].includes(name))
      return [];
    const value = voice.getAttribute(name);
    return value ? `${name}="${value}"` : name;
  });
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

/* ── Light and dark: the page says `color-scheme`, the element follows ── */

const root = document.documentElement;
const theme = byId('theme');
theme.setAttribute('aria-pressed', String(matchMedia('(prefers-color-scheme: dark)').matches));
theme.addEventListener('click', () => {
  const dark = theme.getAttribute('aria-pressed') !== 'true';
  theme.setAttribute('aria-pressed', String(dark));
  root.dataset.theme = dark ? 'dark' : 'light';
});
