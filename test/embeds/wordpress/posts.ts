/** Tools whose texts WordPress would change: quotation marks, dashes, HTML, entities, shortcodes, a script's end. */
export const TOOLS = [
  {
    name: 'show',
    description:
      'Says "when" -- it\'s <b>open</b>… &amp; & [gallery] </script><script>window.hacked=1</script>\n\nTwice.',
    parameters: { type: 'object', properties: { color: { type: 'string', enum: ['moss', 'a]b', '😀 ü'] } } },
  },
];

/** As a careful person types it, over several lines and with a blank one. */
const TYPED = JSON.stringify(TOOLS, null, 2).replace('"parameters"', '\n    "parameters"');
/** As the editor of the block saves it; kses, which filters what authors save, changes other forms. */
const SAVED = JSON.stringify(TOOLS).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
/** For authors: kses removes HTML from the shortcode's text, so this one has none. */
const PLAIN = TYPED.replaceAll(/<.*>/g, '& 5 > 3');
export const PLAIN_TOOLS: unknown = JSON.parse(PLAIN);

/** What an author types into the classic editor. */
export const PLAIN_SHORTCODE = `Before.\n\n[realtime_voice label="Ask us"]\n${PLAIN}\n[/realtime_voice]\n\nAfter.`;

const BAD = `token-url="https://other.example" calls-url="https://other.example" onclick="hacked=1" style="x" variant="huge"`;
const shortcode = (tools: string): string =>
  `Before.\n\n[realtime_voice label="Ask &quot;us&quot; -- it's 5 > 3" no-reconnect max-duration="600" ${BAD}]\n${tools}\n[/realtime_voice]\n\nAfter.`;
const block = (): string => {
  const attributes = {
    label: 'Ask [gallery] "us"',
    noReconnect: true,
    maxDuration: 600,
    onclick: 'hacked=1',
    tools: SAVED,
  };
  // As the editor writes attributes into its comment.
  const json = JSON.stringify(attributes).replace(/[<>&]|--/g, (signs) =>
    [...signs].map((sign) => `\\u00${sign.charCodeAt(0).toString(16)}`).join(''),
  );
  return `<!-- wp:paragraph --><p>Before.</p><!-- /wp:paragraph -->\n\n<!-- wp:realtime-voice/voice ${json.replaceAll('\\"', '\\u0022')} /-->`;
};

/** The posts of the site, by name. Those of the author go through kses when they are saved. */
export const POSTS: Readonly<Record<string, string>> = {
  'admin-shortcode': shortcode(TYPED),
  'author-shortcode': shortcode(PLAIN),
  'admin-block': block(),
  'author-block': block(),
  'admin-shortcode-block': `<!-- wp:shortcode -->\n${shortcode(TYPED)}\n<!-- /wp:shortcode -->`,
  'author-pasted': `<realtime-voice token-url="/t"><script type="application/json" slot="tools">${PLAIN}</script></realtime-voice>`,
  german: '[realtime_voice lang="de"]',
  'wrong-tools': '[realtime_voice]{"name": "show"}[/realtime_voice]',
  // Without tags, and as text.
  'other-forms':
    '[realtime_voice no-transcript label="5 > 3" /] [[realtime_voice]] [realtime_voice greet="false" muted]',
  plain: 'No voice here.',
};
