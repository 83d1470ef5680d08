/** `get`: the profiles of one owner, or of many in batches. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { MOST_OWNERS_OF_A_BATCH } from '../../functions/contracts/http/limits.ts';
import { call } from '../api.ts';
import { type ApiConnection, apiConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { messageOf, usage } from '../errors.ts';
import { day, optionsOf } from '../options.ts';
import { safe, safeJson, styled, table } from '../terminal.ts';
import { basis, type Dated } from './look-up.ts';

type Options = { readonly asOf?: string; readonly file?: string };
type Profiles = Dated & { ownerExternalId?: string; profiles?: string[]; notJudged?: string[] };
type Batch = { answers: Profiles[]; unknown: string[] };

const MOST_ROUNDS = 20;

export function getCommand(cli: Command, context: Context): void {
  cli
    .command('get')
    .description('the profiles of an owner, or of several')
    .argument('[owners...]', 'ownerExternalId of each')
    .option('--file <file>', 'more owners, one on each line')
    .option('--as-of <day>', 'a past day, YYYY-MM-DD; of one owner', day)
    .action(async (named: string[], _: unknown, command: Command) => {
      const options = optionsOf<Options>(command);
      const owners = [...new Set([...named, ...ownersIn(options.file)])];
      const [owner] = owners;
      if (owner === undefined) throw usage('no owner is named', 'name one or more, or give --file FILE');
      const connection = apiConnection(options, context.env);
      if (owners.length === 1) return showOne(connection, context, owner, options);
      if (options.asOf !== undefined) throw usage('--as-of is of one owner', 'ask for each owner on its own');
      const batch = await getMany(connection, owners);
      if (options.json) return context.out(safeJson(batch));
      context.out(table(['owner', 'profiles', 'too little data to judge'], rowsOf(owners, batch)));
      if (batch.unknown.length > 0) context.note(`not known: ${batch.unknown.length} of ${owners.length}`);
    });
}

async function showOne(
  connection: ApiConnection,
  context: Context,
  ownerExternalId: string,
  { asOf, json }: Options & { readonly json?: boolean },
): Promise<void> {
  const answer = await call(connection, { method: 'GET', path: 'owner-profiles', query: { ownerExternalId, asOf } });
  if (json) return context.out(safeJson(answer));
  const { profiles = [], notJudged = [], ...dated } = answer as Profiles;
  context.out(profiles.length > 0 ? profiles.map(safe).join('\n') : styled('dim', 'no profile applies'));
  if (notJudged.length > 0) context.note(`too little data to judge: ${notJudged.map(safe).join(', ')}`);
  for (const line of basis(dated)) context.note(line);
}

/** As many batches as needed. Owners that the service had no time for are requested again. */
async function getMany(connection: ApiConnection, owners: readonly string[]): Promise<Batch> {
  const found = new Map<string, Profiles>();
  const unknown = new Set<string>();
  for (let first = 0; first < owners.length; first += MOST_OWNERS_OF_A_BATCH) {
    let asked: readonly string[] = owners.slice(first, first + MOST_OWNERS_OF_A_BATCH);
    for (let round = 0; asked.length > 0; round++) {
      if (round === MOST_ROUNDS) throw new Error(`the service had no time for ${asked.length} owners; try again later`);
      const body = Buffer.from(JSON.stringify({ ownerExternalIds: asked }));
      const headers = { 'content-type': 'application/json' };
      const answer = await call(connection, { method: 'POST', path: 'owner-profiles/batch', body, headers });
      const { answers = [], unknown: none = [], later = [] } = answer as Partial<Batch> & { later?: string[] };
      for (const one of answers) found.set(String(one.ownerExternalId), one);
      for (const id of none) unknown.add(id);
      asked = later;
    }
  }
  return {
    answers: owners.flatMap((id) => found.get(id) ?? []),
    unknown: owners.filter((id) => unknown.has(id)),
  };
}

function rowsOf(owners: readonly string[], { answers }: Batch): string[][] {
  const byId = new Map(answers.map((answer) => [answer.ownerExternalId, answer]));
  return owners.map((id) => {
    const answer = byId.get(id);
    if (!answer) return [safe(id), styled('dim', 'not known'), ''];
    const { profiles = [], notJudged = [] } = answer;
    return [safe(id), profiles.map(safe).join(', '), notJudged.map(safe).join(', ')];
  });
}

/** An id may have blanks at either end: lines are not trimmed. */
function ownersIn(file: string | undefined): string[] {
  if (file === undefined) return [];
  try {
    return readFileSync(file, 'utf8')
      .split(/\r?\n/)
      .filter((line) => line !== '');
  } catch (error) {
    throw usage(`cannot read the owners in ${file}: ${messageOf(error)}`);
  }
}
