/** JSON of aggregators: parsed without loss of digits, and walked without trusting its depth. */
import { ReaderError } from '../reader-error.ts';

export type Json = { readonly [key: string]: unknown };

const DEEPEST = 64;
/** Objects and lists, and values, of a document: an account of a bank has one in forty bytes, and one in ten. */
const MOST_CONTAINERS = 1_000_000;
const MOST_VALUES = 4_000_000;

/**
 * The documents of a text: one, an array of them, or one a line. Numbers come as the text of their digits, so that no
 * amount passes through a binary fraction.
 *
 * @throws {ReaderError} when it is not JSON or nests too deeply
 */
export function documentsOf(text: string): unknown[] {
  refuseHostile(text);
  const whole = parsed(text);
  if (!('fault' in whole)) return [whole.value];
  const lines = text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [{ line, number: index + 1 }]));
  const documents = lines.length > 1 && !('fault' in parsed(lines[0]?.line ?? ''));
  if (!documents) throw new ReaderError(`is not JSON: ${whole.fault}`, { line: 1 });
  return lines.map(({ line, number }) => {
    const document = parsed(line);
    if ('fault' in document) throw new ReaderError(`is not JSON: ${document.fault}`, { line: number });
    return document.value;
  });
}

function parsed(text: string): { readonly value: unknown } | { readonly fault: string } {
  try {
    return { value: JSON.parse(text, digits) };
  } catch (error) {
    return { fault: (error instanceof Error ? error.message : String(error)).slice(0, 200) };
  }
}

function digits(_: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' ? (context?.source ?? String(value)) : value;
}

/** Looks at brackets outside texts: `JSON.parse` itself would only run out of stack or memory. */
function refuseHostile(text: string): void {
  let depth = 0;
  let containers = 0;
  let values = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inText) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) inText = false;
    } else if (code === QUOTE) inText = true;
    else if (code === BRACE || code === BRACKET) {
      if (++depth > DEEPEST) throw new ReaderError(`nests deeper than ${DEEPEST}`, { line: 1 });
      if (++containers > MOST_CONTAINERS) throw tooMany(MOST_CONTAINERS, 'objects and lists');
    } else if (code === BRACE_END || code === BRACKET_END) depth--;
    else if (code === COMMA && ++values > MOST_VALUES) throw tooMany(MOST_VALUES, 'values');
  }
}

function tooMany(most: number, what: string): ReaderError {
  return new ReaderError(`has more than ${most} ${what}`, { line: 1 });
}

const [QUOTE, COMMA, BACKSLASH, BRACKET, BRACKET_END, BRACE, BRACE_END] = [34, 44, 92, 91, 93, 123, 125];

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of keys. */
export function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((here, key) => (isObject(here) ? here[key] : undefined), value);
}

/** The text at a path of keys; `undefined` when it is none or empty. */
export function textAt(value: unknown, ...path: string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : undefined;
}

/** The first of several texts that is there. */
export function firstText(...texts: (string | undefined)[]): string | undefined {
  return texts.find((text) => text !== undefined);
}
