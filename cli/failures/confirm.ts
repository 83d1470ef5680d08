/** A question answered by a number, so that a slip of the hand does not delete anything for good. */
import { createInterface } from 'node:readline/promises';

export async function typedCount(
  question: string,
  count: number,
  input: NodeJS.ReadableStream = process.stdin,
  output: NodeJS.WritableStream = process.stderr,
): Promise<boolean> {
  const prompt = createInterface({ input, output });
  // Ctrl-C and Ctrl-D close the prompt and would leave the question open for ever: they count as no.
  const stop = new AbortController();
  prompt.once('close', () => stop.abort());
  try {
    return (
      (await prompt.question(`${question} Type ${count} to confirm: `, { signal: stop.signal })).trim() ===
      String(count)
    );
  } catch (error) {
    if ((error as Error).name === 'AbortError') return false;
    throw error;
  } finally {
    prompt.close();
  }
}
