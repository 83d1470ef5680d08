/** Import messages in files: one JSON object, an array of them, or one per line (ndjson). */
import { ReaderError } from '../functions/readers/reader-error.ts';

export type FoundMessage = {
  readonly value: Record<string, unknown>;
  readonly line: number | undefined;
  readonly index: number;
};

/** @throws {ReaderError} with the line, when the file is neither JSON nor ndjson */
export function parseMessages(bytes: Uint8Array): FoundMessage[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lines = linesOf(buffer);
  const first = lines[0];
  if (first === undefined) throw new ReaderError('is empty');
  // Several lines, each its own JSON value: ndjson, parsed line by line so that the file may have any size.
  if (lines.length > 1 && isJson(first.text))
    return lines.map(({ text, line }, index) => ({ value: object(text, line), line, index }));
  const value = parse(buffer.toString('utf8').replace(/^\uFEFF/, ''), undefined);
  const values = Array.isArray(value) ? value : [value];
  if (values.length === 0) throw new ReaderError('contains no message');
  return values.map((entry, index) => {
    if (!isObject(entry)) throw new ReaderError(`message ${index + 1} is not a JSON object`);
    return { value: entry, line: undefined, index };
  });
}

function linesOf(buffer: Buffer): { text: string; line: number }[] {
  const lines: { text: string; line: number }[] = [];
  for (let start = 0, line = 1; start < buffer.length; line++) {
    const found = buffer.indexOf(10, start);
    const end = found < 0 ? buffer.length : found;
    const text = buffer
      .toString('utf8', start, end)
      .replace(/^\uFEFF/, '')
      .trim();
    if (text !== '') lines.push({ text, line });
    start = end + 1;
  }
  return lines;
}

function isJson(text: string): boolean {
  try {
    return isObject(JSON.parse(text));
  } catch {
    return false;
  }
}

function object(text: string, line: number): Record<string, unknown> {
  const value = parse(text, line);
  if (!isObject(value)) throw new ReaderError('is not a JSON object', { line });
  return value;
}

function parse(text: string, line: number | undefined): unknown {
  try {
    return JSON.parse(text, amountAsText);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const position = /at position (\d+)/.exec(reason)?.[1];
    const found = position === undefined ? undefined : text.slice(0, Number(position)).split('\n').length;
    throw new ReaderError(`is not JSON: ${reason}`, { line: line ?? found });
  }
}

/** A number is read by its digits in the file, not as the binary fraction closest to them. */
function amountAsText(key: string, value: unknown, context?: { source?: string }): unknown {
  if (key !== 'currencyAmount' || typeof value !== 'number') return value;
  const source = context?.source;
  return source !== undefined && /^-?\d+(\.\d+)?$/.test(source) ? source : value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
