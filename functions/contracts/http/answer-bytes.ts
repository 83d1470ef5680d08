/** How much an answer may hold. Lambda passes on 6 MB at most, with the body as a text inside JSON: its quotes are escaped once more. */

/** For the content that grows with an owner's data; the rest is room for the other fields and the headers. */
export const MOST_ANSWER_BYTES = 5_000_000;

/** Bytes that a value takes in an answer. */
export function bytesInAnswer(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(JSON.stringify(value)));
}
