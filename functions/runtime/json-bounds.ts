/**
 * What a JSON text would cost before it is parsed. Bytes alone do not say it: a few kilobytes of gzip inflate to millions of open brackets,
 * of which each becomes an object. Bank data is far from these bounds; what is beyond them is hostile.
 */
export type JsonBounds = { readonly depth: number; readonly containers: number; readonly names: number };

export const JSON_BOUNDS: JsonBounds = {
  depth: 20_000,
  /** Objects and lists: two for each of a million rows. */
  containers: 2_500_000,
  /** In one object. */
  names: 100_000,
};

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];
/** Lists may be long: their elements are counted where they cost something. */
const IN_LIST = Number.NEGATIVE_INFINITY;

/** Which bound the text is beyond, in words; undefined when it is within all. Whether it is JSON at all is for the parser to say. */
export function beyondBounds(bytes: Uint8Array, most: JsonBounds = JSON_BOUNDS): string | undefined {
  /** Of each open object, its names so far. */
  const open: number[] = [];
  let names = IN_LIST;
  let containers = 0;
  for (let at = 0; at < bytes.length; at++) {
    switch (bytes[at]) {
      case QUOTE:
        at = endOfText(bytes, at);
        break;
      case COMMA:
        if (++names > most.names) return `an object has more than ${most.names} names`;
        break;
      case OPEN_LIST:
      case OPEN_OBJECT:
        if (++containers > most.containers) return `it has more than ${most.containers} objects and lists`;
        if (open.length >= most.depth) return `it nests deeper than ${most.depth}`;
        open.push(names);
        names = bytes[at] === OPEN_LIST ? IN_LIST : 1;
        break;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        names = open.pop() ?? IN_LIST;
        break;
    }
  }
  return undefined;
}

/** The place of the closing quote, or the end. */
function endOfText(bytes: Uint8Array, from: number): number {
  let at = from + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}
