/** Secrets look like this wherever OpenAI's names are used; also what follows `Bearer`, and JSON web tokens. */
const SECRET = /(?<![a-z])[es]k[-_][\w-]{8,}|(?<=\bBearer\s+)[\w.~+/=-]+|\beyJ[\w-]+\.[\w.-]+/gi;
/** The password of a URL. */
const PASSWORD = /(?<=\/\/[^\s/?#@:]*:)[^\s/?#@]+(?=@)/g;
/** Values of the parameters of a URL that give access. */
const PARAMETER = /(?<=[?&#;][\w-]*(?:token|key|secret|sig|password|auth|credential)[\w-]*=)[^\s&#]+/gi;
/** Fields that hold a secret. `value` is the secret of a token response. */
const SECRET_FIELD = /^(value|jwt|.*(token|secret|authorization|password|credential|cookie|api[-_]?key))$/i;

const BLACK = '***';

/** The text without what looks like a secret. */
export function blackened(text: string): string {
  return [SECRET, PASSWORD, PARAMETER].reduce((safe, pattern) => safe.replace(pattern, BLACK), text);
}

/** The value of a field: text is blacked out as a whole if the name of the field says that it is secret. */
export function blackenedField(name: string, value: unknown): unknown {
  const isText = typeof value === 'string' || typeof value === 'number';
  return isText && SECRET_FIELD.test(name) ? BLACK : value;
}
