import { buildNode } from './safe-node.js';

/** Wherever the snippet sends its requests, the preview talks to this demo's own server. */
const OWN_ADDRESS = { 'token-url': '/api/voice-token', 'session-url': '/api/voice-session', 'calls-url': undefined };

/** Makes the live element like the snippet. Only what differs is changed, so that a running call goes on. */
export class Preview {
  #element;
  #children = '';
  #attributes = new Set();
  #theme = new Set();

  constructor(element) {
    this.#element = element;
  }

  show({ attributes, theme, tools, children }, { options }) {
    const wanted = Object.entries(attributes)
      .map(([name, value]) => [name, name in OWN_ADDRESS ? OWN_ADDRESS[name] : value])
      // The page finds the preview by its id.
      .filter(([name, value]) => value !== undefined && name !== 'id');
    const names = new Set(wanted.map(([name]) => name));
    for (const name of this.#attributes) if (!names.has(name)) this.#set(options, name, null);
    for (const [name, value] of wanted) this.#set(options, name, value);
    this.#attributes = names;
    this.#showTheme(theme);
    this.#showChildren(tools, children);
  }

  #set(options, name, value) {
    const option = options.find((each) => each.name === name);
    // What the visitor did in the preview must give way, which only a property can say.
    if (option?.kind === 'flag') this.#element[option.fieldName] = value !== null;
    else if (value === null) this.#element.removeAttribute(name);
    else if (this.#element.getAttribute(name) !== value) this.#element.setAttribute(name, value);
  }

  #showTheme(theme) {
    const names = new Set(Object.keys(theme));
    for (const name of this.#theme) if (!names.has(name)) this.#element.style.removeProperty(name);
    for (const [name, value] of Object.entries(theme)) this.#element.style.setProperty(name, value);
    this.#theme = names;
  }

  #showChildren(tools, children) {
    const next = JSON.stringify([tools, children]);
    if (next === this.#children) return;
    this.#children = next;
    this.#element.replaceChildren(...children.map(buildNode), ...(tools ? [toolsScript(tools)] : []));
  }
}

/** Data, which no browser runs. */
function toolsScript(tools) {
  const script = document.createElement('script');
  script.type = 'application/json';
  script.slot = 'tools';
  script.textContent = tools;
  return script;
}
