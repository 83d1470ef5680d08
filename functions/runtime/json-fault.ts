/**
 * Where a text stops being JSON (RFC 8259). JSON.parse gives the place of some faults only, and quotes the text, which is personal data. So
 * a text that it refused is scanned again, without recursion.
 */
export type JsonFault = { readonly line: number; readonly column: number; readonly expected: string };

type Expecting = 'a value' | 'a value or "]"' | 'a name or "}"' | 'a name in quotes' | '":"' | 'more' | 'the end';
type Nesting = '{' | '[';

const BLANKS = /[ \t\n\r]*/y;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON strings must not hold them
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** The first fault. Line and column count from 1; for a text that is cut short they are those behind its end. */
export function jsonFault(text: string): JsonFault {
  const nesting: Nesting[] = [];
  let expecting: Expecting = 'a value';
  let at = 0;
  for (;;) {
    at += lengthOf(BLANKS, text, at);
    const sign = text[at];
    const inside = nesting.at(-1);
    if (sign === undefined) return fault(text, at, inside ? `the text ends inside ${inside}` : `expected ${expecting}`);
    if (expecting === 'more' && sign === ',') {
      expecting = inside === '{' ? 'a name in quotes' : 'a value';
      at++;
    } else if (closes(sign, inside, expecting)) {
      nesting.pop();
      expecting = nesting.length > 0 ? 'more' : 'the end';
      at++;
    } else if (expecting === '":"' && sign === ':') {
      expecting = 'a value';
      at++;
    } else if (expecting === 'a name or "}"' || expecting === 'a name in quotes') {
      const { end, wrong } = string(text, at);
      if (wrong) return fault(text, end, end === at ? `expected ${expecting}` : wrong);
      expecting = '":"';
      at = end;
    } else if (expecting === 'a value' || expecting === 'a value or "]"') {
      if (sign === '{' || sign === '[') {
        nesting.push(sign);
        expecting = sign === '{' ? 'a name or "}"' : 'a value or "]"';
        at++;
        continue;
      }
      const { end, wrong } = sign === '"' ? string(text, at) : scalar(text, at);
      if (wrong) return fault(text, end, end === at ? `expected ${expecting}` : wrong);
      expecting = inside ? 'more' : 'the end';
      at = end;
    } else {
      return fault(
        text,
        at,
        expecting === 'more' ? `expected "," or "${inside === '{' ? '}' : ']'}"` : `expected ${expecting}`,
      );
    }
  }
}

function closes(sign: string, inside: Nesting | undefined, expecting: Expecting): boolean {
  if (sign === '}') return inside === '{' && (expecting === 'more' || expecting === 'a name or "}"');
  return sign === ']' && inside === '[' && (expecting === 'more' || expecting === 'a value or "]"');
}

type Read = { readonly end: number; readonly wrong?: string };

function scalar(text: string, at: number): Read {
  const length = lengthOf(SCALAR, text, at);
  return length > 0 ? { end: at + length } : { end: at, wrong: 'expected a value' };
}

function string(text: string, at: number): Read {
  if (text[at] !== '"') return { end: at, wrong: 'expected a text in quotes' };
  let end = at + 1;
  for (;;) {
    end += lengthOf(PLAIN, text, end);
    if (text[end] === '"') return { end: end + 1 };
    if (text[end] === undefined) return { end, wrong: 'the text ends inside quotes' };
    const escaped = lengthOf(ESCAPE, text, end);
    if (escaped === 0)
      return { end, wrong: text[end] === '\\' ? 'no such escape' : 'a control character inside quotes' };
    end += escaped;
  }
}

function lengthOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

function fault(text: string, at: number, expected: string): JsonFault {
  const before = text.slice(0, at);
  const lines = before.split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1, expected };
}
