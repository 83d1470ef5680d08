/** Erasures reported by an operator, for a table that may have lost their tombstones. */
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { ownerExternalId } from '../../functions/contracts/import/import-message.ts';
import { messageOf, usage } from '../errors.ts';

export type ToldErasure = {
  readonly clientId: string;
  readonly ownerExternalId: string;
  /** Milliseconds since 1970. */
  readonly erasedAt: number;
};

const line = z.object({
  clientId: z.string().min(1),
  ownerExternalId,
  erasedAt: z.iso.datetime({ offset: true }).optional(),
});

/**
 * One JSON object a line. An erasure without its instant covers everything until now.
 *
 * @throws {CliError} that names the line but not its content
 */
export function readErasures(file: string, now: number): ToldErasure[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw usage(`cannot read ${file}: ${messageOf(error)}`);
  }
  return text.split('\n').flatMap((written, index) => {
    if (written.trim() === '') return [];
    const read = line.safeParse(parsed(written));
    const erasedAt = read.data?.erasedAt === undefined ? now : Date.parse(read.data.erasedAt);
    if (!read.success || erasedAt > now) {
      const hint =
        'write {"clientId":"…","ownerExternalId":"…","erasedAt":"2026-11-21T10:15:30Z"}, or leave out erasedAt';
      throw usage(`line ${index + 1} of ${file} is not an erasure in the past`, hint);
    }
    return [{ clientId: read.data.clientId, ownerExternalId: read.data.ownerExternalId, erasedAt }];
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
