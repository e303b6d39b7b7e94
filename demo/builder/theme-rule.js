/** A value that stays within its declaration and loads nothing. */
const USABLE = /^[\w\s#%.,()+*/'"-]{1,200}$/;
const LOADS = /\b(url|image|image-set|src|element|attr)\s*\(/i;

/** Whether a text can be the value of a custom property in a rule. */
export function isUsableValue(value) {
  return USABLE.test(value) && !LOADS.test(value) && !value.includes('/*') && value === readBack(value);
}

/** The rule for the page's style sheet. */
export function printTheme(theme) {
  const lines = Object.entries(theme).map(([name, value]) => `    ${name}: ${value};`);
  return `\n  realtime-voice {\n${lines.join('\n')}\n  }\n`;
}

/** The known custom properties in the rules of a style sheet; everything else is reported. */
export function readTheme(css, tokens, report) {
  const theme = {};
  for (const rule of sheetOf(css).cssRules) {
    if (rule.selectorText === 'realtime-voice') Object.assign(theme, readDeclarations(rule.style, tokens, report));
    else report('A style rule that is not for realtime-voice was left out.');
  }
  return theme;
}

/** The known custom properties of a style attribute. */
export function readStyleAttribute(css, tokens, report) {
  const { style } = sheetOf(`x { ${css.replace(/[{}]/g, '')} }`).cssRules[0];
  return readDeclarations(style, tokens, report);
}

function readDeclarations(style, tokens, report) {
  const theme = {};
  for (const name of style) {
    const value = style.getPropertyValue(name).trim();
    if (!tokens.some((token) => token.name === name)) report("Styles that are not the element's own were left out.");
    else if (isUsableValue(value)) theme[name] = value;
    else report(`The value of ${name} was left out.`);
  }
  return theme;
}

function readBack(value) {
  const { cssRules } = sheetOf(`x { --value: ${value}; --end: 1 }`);
  const [rule] = cssRules;
  if (cssRules.length !== 1 || rule.style.length !== 2) return undefined;
  return rule.style.getPropertyValue('--value').trim();
}

/** A sheet that no document uses. */
function sheetOf(css) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
