/** A fresh process of a function: loaded, handed one event, and ended. */
import { fileURLToPath } from 'node:url';
import { child } from './children.ts';
import { NOW } from './owners.ts';

const COLD = fileURLToPath(new URL('../children/cold.cjs', import.meta.url));

/** In milliseconds. */
export type ColdStart = {
  /** From the first line of the process until the function is loaded. */
  readonly ready: number;
  /** Until its first answer. */
  readonly answered: number;
  /** Processor time from the first line until the first answer. */
  readonly cpu: number;
  /** Processor time from the start of the process until the function is loaded. */
  readonly init: number;
};
type Told = ColdStart & { readonly result: { statusCode?: number; batchItemFailures?: unknown[] } };

/** @param event a file with the event as JSON */
export async function coldStart(
  name: string,
  {
    file,
    event,
    env,
  }: { readonly file: string; readonly event: string; readonly env: Readonly<Record<string, string>> },
): Promise<ColdStart> {
  const { printed } = await child([COLD, file, event, String(NOW)], env);
  const { result, ...times } = JSON.parse(printed) as Told;
  if ((result.statusCode ?? 200) !== 200 || (result.batchItemFailures ?? []).length > 0)
    throw new Error(`${name} answered otherwise: ${printed}`);
  return times;
}
