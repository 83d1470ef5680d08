/** Positions in a JSON text: for faults, whose paths the service names, and for thresholds that are changed in place. */
type Step = string | number;
export type Spot = { readonly start: number; readonly end: number };

export class JsonFault extends Error {
  readonly at: number;
  constructor(at: number) {
    super('not JSON');
    this.at = at;
  }
}

const BLANKS = /[ \t\r\n]*/y;
const TOKEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON takes none of them in a text
  /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** The place of every value by its path, as `enter.all[0].feature`. @throws JsonFault with the character at fault */
export function spotsOf(text: string): ReadonlyMap<string, Spot> {
  const spots = new Map<string, Spot>();
  let at = 0;
  const skip = () => {
    BLANKS.lastIndex = at;
    at += BLANKS.exec(text)?.[0].length ?? 0;
  };
  const take = (sign: string) => {
    if (text[at] !== sign) throw new JsonFault(at);
    at++;
    skip();
  };
  const token = () => {
    TOKEN.lastIndex = at;
    const [found] = TOKEN.exec(text) ?? [];
    if (found === undefined) throw new JsonFault(at);
    at += found.length;
    return found;
  };
  const list = (close: string, item: (index: number) => void) => {
    at++;
    skip();
    for (let index = 0; text[at] !== close; index++) {
      if (index > 0) take(',');
      item(index);
      skip();
    }
    at++;
  };
  const value = (path: string) => {
    const start = at;
    if (text[at] === '{') {
      list('}', () => {
        if (text[at] !== '"') throw new JsonFault(at);
        const name = JSON.parse(token()) as string;
        skip();
        take(':');
        value(joined(path, name));
      });
    } else if (text[at] === '[') list(']', (index) => value(joined(path, index)));
    else token();
    spots.set(path, { start, end: at });
  };
  skip();
  value('');
  skip();
  if (at < text.length) throw new JsonFault(at);
  return spots;
}

export const joined = (path: string, step: Step): string =>
  typeof step === 'number' ? `${path}[${step}]` : path === '' ? step : `${path}.${step}`;

/** For a path that does not exist, its nearest parent. */
export function nearestSpot(spots: ReadonlyMap<string, Spot>, path: string): Spot | undefined {
  for (let rest = path; ; rest = rest.replace(/(?:^|\.)[^.[]*$|\[\d+\]$/, '')) {
    const spot = spots.get(rest);
    if (spot || rest === '') return spot;
  }
}

/** Counted from 1. */
export const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length;

/** The text with one value replaced. */
export function withValue(text: string, spot: Spot, value: unknown): string {
  return text.slice(0, spot.start) + JSON.stringify(value) + text.slice(spot.end);
}
