/* The shop: its starters, and the tool that changes the chair's fabric. */

const voice = document.querySelector('#voice');
const product = document.querySelector('.product');

voice.starters = ['Show me the rust one', 'What does it cost?', 'Can you mend my chair?'];

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

for (const input of document.querySelectorAll('[name=fabric]')) {
  input.addEventListener('change', () => showFabric(input.value));
}
