import type { Run } from '../../adapters/runs/run-store.ts';

const AHEAD = 12;

/** The slices of a run in the order of their numbers; the next dozen are read meanwhile. @throws Error where one is missing */
export async function* everySlice<Slice>(
  { runId, slices }: Pick<Run, 'runId' | 'slices'>,
  sliceOf: (number: number) => Promise<Slice | undefined>,
): AsyncGenerator<readonly [slice: Slice, number: number]> {
  const reading: Promise<Slice | undefined>[] = [];
  for (let number = 0; number < slices; number++) {
    while (reading.length < AHEAD && number + reading.length < slices) {
      const read = sliceOf(number + reading.length);
      // It is awaited later, when those before it have been looked at.
      read.catch(() => {});
      reading.push(read);
    }
    const slice = await reading.shift();
    if (slice === undefined) throw new Error(`the slice ${number} of the run ${runId} is not there`);
    yield [slice, number];
  }
}
