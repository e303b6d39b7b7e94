/* The shop: its words on the card, and the tool that changes the chair's fabric. */

import { showWords } from './words.js';

const voice = document.querySelector('#voice');
const product = document.querySelector('.product');

showWords('en');

// `shop-session.ts` declares the same tool to the model.
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

/** The chair in a fabric, as a card for the conversation. */
function chairCard(fabric) {
  const card = document.createElement('figure');
  card.className = 'shown-chair';
  // The page is in English, whatever the language of the element around the card.
  Object.assign(card, { lang: 'en', dir: 'ltr' });
  card.dataset.fabric = fabric;
  const name = `The Nordnes armchair in ${fabric}`;
  card.setAttribute('aria-label', `${name}, 9,800 kr`);
  const picture = product.querySelector('.chair').cloneNode(true);
  picture.removeAttribute('aria-labelledby');
  picture.setAttribute('aria-hidden', 'true');
  picture.querySelector('title').remove();
  const caption = document.createElement('figcaption');
  const price = document.createElement('small');
  price.textContent = `9,800 kr, ${IN_STOCK[fabric] ? 'in stock' : 'made in five weeks'}`;
  caption.append(name, price);
  card.append(picture, caption);
  return card;
}

voice.addEventListener('voice-tool-call', ({ detail }) => {
  const { fabric } = detail.arguments;
  if (detail.name === 'show_fabric' && Object.hasOwn(IN_STOCK, fabric)) detail.show(chairCard(fabric));
});

// A shop would open its chat here, with what was said.
voice.addEventListener('voice-handover', ({ detail }) => {
  const count = detail.transcript.length;
  document.querySelector('#handed-over').textContent =
    `Here someone from the workshop would answer, and read what was said: ${count} ${count === 1 ? 'entry' : 'entries'}.`;
});

for (const input of document.querySelectorAll('[name=fabric]')) {
  input.addEventListener('change', () => showFabric(input.value));
}
