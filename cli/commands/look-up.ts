/** `features` and `profiles`: the service's answer, unchanged. */
import type { Command } from 'commander';
import { staleDays } from '../../functions/domain/profiles/stale.ts';
import { parseDay } from '../../functions/domain/values/day.ts';
import { call } from '../api.ts';
import { apiConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { day, optionsOf } from '../options.ts';
import { mark, safe, safeJson, table } from '../terminal.ts';

type Asked = { readonly asOf?: string };
/** As the API returns it; an older service may leave fields out. */
export type Dated = {
  asOf?: string | undefined;
  dataFrom?: string | null;
  dataTo?: string | null;
  catalogueVersion?: string;
  lastImportedAt?: string | null;
};

export function featuresCommand(cli: Command, context: Context): void {
  cli
    .command('features')
    .description('the features of an owner: the numbers that definitions read')
    .argument('<owner>', 'ownerExternalId')
    .option('--as-of <day>', 'a past day, YYYY-MM-DD', day)
    .action(async (owner: string, _: unknown, command: Command) => {
      const options = optionsOf<Asked>(command);
      const query = { ownerExternalId: owner, asOf: options.asOf };
      const answer = await call(apiConnection(options, context.env), { method: 'GET', path: 'owner-features', query });
      if (options.json) return context.out(safeJson(answer));
      const { features = {}, ...dated } = answer as Dated & { features?: Record<string, unknown> };
      const rows = Object.entries(features).map(([name, value]) => [...split(name), written(value)]);
      context.out(table(['feature', 'window', 'value'], rows));
      for (const line of basis(dated)) context.note(line);
    });
}

export function profilesCommand(cli: Command, context: Context): void {
  cli
    .command('profiles')
    .description('the active catalogue of the client')
    .action(async (_: unknown, command: Command) => {
      const options = optionsOf<object>(command);
      const answer = await call(apiConnection(options, context.env), { method: 'GET', path: 'profiles' });
      if (options.json) return context.out(safeJson(answer));
      const { profiles = [] } = answer as { profiles?: Record<string, unknown>[] };
      const rows = profiles.map((profile) => [
        safe(profile['id']),
        safe(profile['title']),
        safe(profile['description']),
        profile['sensitive'] === true ? 'sensitive' : '',
        mark(profile['enabled'] !== false),
      ]);
      context.out(table(['profile', 'title', 'description', '', 'on'], rows));
    });
}

/** `pets.months/180d` is a feature and its window. */
function split(name: string): [string, string] {
  const slash = name.lastIndexOf('/');
  return slash < 0 ? [safe(name), ''] : [safe(name.slice(0, slash)), safe(name.slice(slash + 1))];
}

function written(value: unknown): string {
  if (value === null || value === undefined) return '–';
  return safe(typeof value === 'object' ? JSON.stringify(value) : value);
}

/** The day and the data behind an answer, in one line, and whether that data is old in another. */
export function basis({ asOf, dataFrom, dataTo, catalogueVersion, lastImportedAt }: Dated): string[] {
  const parts = [
    asOf && `as of ${asOf}`,
    (dataFrom || dataTo) && `data ${dataFrom ?? '…'} to ${dataTo ?? '…'}`,
    lastImportedAt && `imported ${lastImportedAt.slice(0, 10)}`,
    catalogueVersion && `catalogue ${catalogueVersion}`,
  ];
  const [day, last] = [parseDay(asOf ?? ''), parseDay(dataTo ?? '')];
  const age = day === undefined ? undefined : staleDays(last, day);
  return [
    safe(parts.filter(Boolean).join(', ')),
    ...(age !== undefined ? [`the data ends ${age} days before that day: what happened since is not known`] : []),
  ];
}
