/** The value of a JSON text. A byte order mark before it counts for nothing. @throws SyntaxError that may quote the text */
export function parseJson(text: string): unknown {
  return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
}

/** The value of a text that may be JSON. */
export function jsonIn(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: parseJson(text) };
  } catch {
    return undefined;
  }
}
