/** What can be chosen: attributes, custom properties and slots, as the element's manifest describes them. */
export function optionList(manifest) {
  const element = manifest.modules
    .flatMap(({ declarations }) => declarations ?? [])
    .find(({ tagName }) => tagName === 'realtime-voice');
  return {
    // The element writes `state` itself.
    options: element.attributes.filter(({ name }) => name !== 'state').map(optionOf),
    tokens: element.cssProperties.map(({ name, description, default: initial = '' }) => ({
      name,
      description,
      initial,
      isColour: /^(Colour|Background|Borders)/.test(description),
    })),
    slots: element.slots,
  };
}

function optionOf({ name, fieldName, description, type: { text }, default: initial }) {
  const words = [...text.matchAll(/'([^']*)'/g)].map(([, word]) => word);
  const kind = words.length > 0 ? 'words' : text === 'boolean' ? 'flag' : text === 'number' ? 'number' : 'text';
  return { name, fieldName, description, kind, words, initial: (initial ?? '').replaceAll("'", '') };
}
