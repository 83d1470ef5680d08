/**
 * Texts of banks as lists of plain tokens: lower case, without diacritics, cut at everything that is neither letter nor digit.
 *
 * Diacritics go by a table, not by Unicode decomposition at run time: ł, ø, ß, đ and their like do not decompose.
 */
const LETTERS_OF_THEIR_OWN: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ŧ: 't',
  ĸ: 'k',
  ſ: 's',
};

const TABLE_SIZE = 0x250;
/** For each of the first characters of Unicode: what it folds to; empty: it breaks tokens. */
const TABLE: readonly string[] = Array.from({ length: TABLE_SIZE }, (_, code) => {
  const lower = String.fromCharCode(code).toLowerCase();
  const own = LETTERS_OF_THEIR_OWN[lower];
  if (own !== undefined) return own;
  const base = lower.normalize('NFD').charAt(0);
  return /[a-z0-9]/.test(base) ? base : '';
});

const FIRST_COMBINING_MARK = 0x300;
const LAST_COMBINING_MARK = 0x36f;

/** The tokens of a text, folded. Letters of other scripts stay as they are, in lower case. */
export function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  let token = '';
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    let folded: string;
    if (code < TABLE_SIZE) folded = TABLE[code] as string;
    else if (code >= FIRST_COMBINING_MARK && code <= LAST_COMBINING_MARK) continue;
    else folded = /[\p{L}\p{N}]/u.test(text[index] as string) ? (text[index] as string).toLowerCase() : '';
    if (folded !== '') token += folded;
    else if (token !== '') {
      tokens.push(token);
      token = '';
    }
  }
  if (token !== '') tokens.push(token);
  return tokens;
}
