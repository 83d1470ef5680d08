/** `changes`: who got and who lost which profile, from the feed; `--follow` waits for more. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { call } from '../api.ts';
import { type ApiConnection, apiConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { optionsOf } from '../options.ts';
import { safe, safeJson, styled } from '../terminal.ts';

type Options = { readonly after?: string; readonly follow?: boolean; readonly every: number };
type Change = {
  readonly at?: string;
  readonly sequence?: number;
  readonly ownerExternalId?: string;
  readonly entered?: readonly string[];
  readonly left?: readonly string[];
  readonly cause?: string;
};
type Page = { readonly changes?: readonly Change[]; readonly cursor?: string };

const CHANGES_OF_A_PAGE = '1000';

export function changesCommand(cli: Command, context: Context): void {
  cli
    .command('changes')
    .description('who got which profile and who lost it, in the last 30 days')
    .option('--after <cursor>', 'continue after the cursor that an earlier call printed')
    .option('--follow', 'and what comes, until Ctrl-C')
    .option('--every <seconds>', 'with --follow: how often to ask', seconds, 2)
    .action(async (_: unknown, command: Command) => {
      const options = optionsOf<Options>(command);
      const connection = apiConnection(options, context.env);
      let cursor = options.after;
      for (;;) {
        const { changes = [], cursor: next } = await page(connection, cursor);
        for (const change of changes) context.out(options.json ? oneLine(change) : lineOf(change));
        cursor = next;
        if (changes.length > 0) continue;
        if (!options.follow) break;
        await sleep(options.every * 1000);
      }
      context.note(`continue with: --after ${safe(cursor)}`);
    });
}

async function page(connection: ApiConnection, after: string | undefined): Promise<Page> {
  const query = { after, limit: CHANGES_OF_A_PAGE };
  return (await call(connection, { method: 'GET', path: 'changes', query })) as Page;
}

/** For programs: one change a line. */
function oneLine(change: Change): string {
  return safeJson(change).replace(/\n\s*/g, '');
}

/** `2026-11-22 10:15:31  loan-4711 #3  +parent −tenant  (import)` */
function lineOf({ at = '', ownerExternalId, sequence, entered = [], left = [], cause }: Change): string {
  const got = entered.map((profile) => styled('green', `+${safe(profile)}`));
  const lost = left.map((profile) => styled('red', `−${safe(profile)}`));
  const when = safe(at).slice(0, 19).replace('T', ' ');
  return `${when}  ${safe(ownerExternalId)} #${safe(sequence)}  ${[...got, ...lost].join(' ')}  (${safe(cause)})`;
}

function seconds(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 3600) return value;
  throw new InvalidArgumentError('give whole seconds, 1 to 3600.');
}
