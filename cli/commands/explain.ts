import type { Command } from 'commander';
import { call } from '../api.ts';
import { apiConnection } from '../connection.ts';
import type { Context } from '../context.ts';
import { type Explanation, explained } from '../explanation-view.ts';
import { day, optionsOf } from '../options.ts';
import { safeJson, styled } from '../terminal.ts';
import { basis, type Dated } from './look-up.ts';

type Options = { readonly asOf?: string; readonly profile?: string };

export function explainCommand(cli: Command, context: Context): void {
  cli
    .command('explain')
    .description('why profiles apply to an owner or not, down to the transactions')
    .argument('<owner>', 'ownerExternalId')
    .option('--profile <id>', 'one profile only, with all its transactions')
    .option('--as-of <day>', 'a past day, YYYY-MM-DD', day)
    .action(async (owner: string, _: unknown, command: Command) => {
      const options = optionsOf<Options>(command);
      const query = { ownerExternalId: owner, profile: options.profile, asOf: options.asOf };
      const path = 'owner-profiles/explanation';
      const answer = await call(apiConnection(options, context.env), { method: 'GET', path, query });
      if (options.json) return context.out(safeJson(answer));
      const { explanations = [], ...dated } = answer as Dated & { explanations?: Explanation[] };
      if (explanations.length === 0) context.out(styled('dim', 'no profile is explained'));
      // Those that apply come first; of the others only a requested one shows its transactions.
      const inOrder = [...explanations].sort((a, b) => Number(b.applies === true) - Number(a.applies === true));
      for (const explanation of inOrder) {
        context.out(`${explained(explanation, explanation.applies === true || options.profile !== undefined)}\n`);
      }
      for (const line of basis(dated)) context.note(line);
    });
}
