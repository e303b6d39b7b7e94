// The block in the editor. The server renders it on the page.
(function ({ blocks, element, components, blockEditor, i18n }, attributes) {
  const { createElement: el, useState } = element;
  const { __ } = i18n;

  function field({ name, label, kind, words }, values, setAttributes) {
    const value = values[name];
    const change = (next) => setAttributes({ [name]: next === '' ? undefined : next });
    if (kind === 'flag') {
      return el(components.ToggleControl, { key: name, label, checked: !!value, onChange: change });
    }
    if (kind === 'words') {
      const options = ['', ...words].map((word) => ({ value: word, label: word || __('Default', 'realtime-voice') }));
      return el(components.SelectControl, { key: name, label, value: value || '', options, onChange: change });
    }
    const number = kind === 'number';
    return el(components.TextControl, {
      key: name,
      label,
      type: number ? 'number' : 'text',
      value: value ?? '',
      onChange: (next) => change(number && next !== '' ? Number(next) : next),
    });
  }

  /** kses, which filters what authors save, would write `&amp;` for `&`. In JSON, these characters can be escaped. */
  function safeJson(text) {
    const tools = JSON.parse(text);
    if (!Array.isArray(tools)) throw new TypeError('not an array');
    return JSON.stringify(tools).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
  }

  function pretty(json) {
    try {
      return JSON.stringify(JSON.parse(json), null, 2);
    } catch {
      return json || '';
    }
  }

  /** What is typed is saved when it is a list of tools. */
  function Tools({ json, setAttributes }) {
    const [text, setText] = useState(pretty(json));
    const [isWrong, setWrong] = useState(false);
    const onChange = (next) => {
      setText(next);
      try {
        setAttributes({ tools: next.trim() ? safeJson(next) : undefined });
        setWrong(false);
      } catch {
        setWrong(true);
      }
    };
    const help = isWrong ? __('This is no JSON array; it is not saved.', 'realtime-voice') : '';
    return el(components.TextareaControl, {
      label: __('Tools (JSON array)', 'realtime-voice'),
      value: text,
      rows: 8,
      help,
      onChange,
    });
  }

  function Edit({ attributes: values, setAttributes }) {
    const fields = attributes.map((attribute) => field(attribute, values, setAttributes));
    const panel = el(
      components.PanelBody,
      { title: __('Voice assistant', 'realtime-voice') },
      fields,
      el(Tools, { key: 'tools', json: values.tools, setAttributes }),
    );
    return el(
      'div',
      blockEditor.useBlockProps(),
      el(blockEditor.InspectorControls, null, panel),
      el(components.Placeholder, {
        icon: 'microphone',
        label: values.label || __('Realtime Voice', 'realtime-voice'),
        instructions: __('Visitors will find the voice assistant here.', 'realtime-voice'),
      }),
    );
  }

  // Its title and attributes come from the server.
  blocks.registerBlockType('realtime-voice/voice', { edit: Edit, save: () => null });
})(window.wp, window.realtimeVoiceAttributes);
