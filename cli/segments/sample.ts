/** `--sample`: a snapshot of some owners, always the same ones. */
import { InvalidArgumentError } from 'commander';

export const SAMPLE = 'only a sample of the owners: a share such as 0.05, or a number such as 2000';

/** @throws InvalidArgumentError */
export function sampleSize(text: string): number {
  const size = Number(text);
  if ((size >= 0.0001 && size < 1) || (Number.isInteger(size) && size >= 2)) return size;
  throw new InvalidArgumentError('write a share from 0.0001 to under 1, or a number of owners from 2.');
}

/** `a sample of 5 %`, or nothing. */
export function sampleText(sample: number | undefined): string {
  return sample === undefined ? '' : `a sample of ${Number((100 * sample).toPrecision(2))} %`;
}
