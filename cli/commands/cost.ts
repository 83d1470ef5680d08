/** `cost`: what a number of owners would cost a month at list prices, from units counted by the benchmarks. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Load, monthly, sum } from '../../functions/domain/costs/cost-model.ts';
import { PRICES_AS_OF, pricesOf, REGIONS } from '../../functions/domain/costs/prices.ts';
import { SEGMENT_UNITS, visitedOwnerCost } from '../../functions/domain/costs/segment-cost.ts';
import { COUNTED_UNITS } from '../../functions/domain/costs/units.ts';
import type { Context } from '../context.ts';
import { optionsOf } from '../options.ts';
import { safeJson, table } from '../terminal.ts';

type CostOptions = Load & {
  readonly replaysPerMonth: number;
  readonly snapshotsPerMonth: number;
  readonly priceRegion: string;
};

export function costCommand(cli: Command, context: Context): void {
  cli
    .command('cost')
    .description('estimate the monthly cost, from list prices and counted units')
    .requiredOption('--owners <number>', 'owners, such as 5e6', amount)
    .option('--imports-per-owner-month <number>', 'imports of 50 rows', amount, 4)
    .option('--look-ups-per-owner-month <number>', 'look-ups', amount, 10)
    .option('--replays-per-month <number>', 'how often a month all owners are derived again', amount, 1)
    .option('--snapshots-per-month <number>', 'snapshots of answers, with files', amount, 30)
    .addOption(new Option('--price-region <region>', 'region of the prices').choices(REGIONS).default(REGIONS[0]))
    .action((_: unknown, command: Command) => {
      const options = optionsOf<CostOptions>(command);
      const prices = pricesOf(options.priceRegion);
      const { owners, replaysPerMonth, snapshotsPerMonth } = options;
      const parts: Record<string, number> = {
        ...monthly(COUNTED_UNITS, prices, options),
        replays: owners * replaysPerMonth * sum(visitedOwnerCost(SEGMENT_UNITS, 'replay', prices)),
        snapshots: owners * snapshotsPerMonth * sum(visitedOwnerCost(SEGMENT_UNITS, 'answers', prices)),
      };
      const total = Object.values(parts).reduce((all, one) => all + one, 0);
      if (options.json) {
        context.out(safeJson({ usdPerMonth: { ...parts, total }, region: options.priceRegion, prices: PRICES_AS_OF }));
        return;
      }
      const rows = [...Object.entries(parts), ['together', total] as const].map(([name, usd]) => [name, dollars(usd)]);
      context.out(table(['per month', 'USD'], rows));
      context.note(
        `List prices of ${options.priceRegion}, ${PRICES_AS_OF}; units counted on ${COUNTED_UNITS.at}. docs/explanation/cost.md says what is left out.`,
      );
    });
}

/** `5e6`, `5000000`, `0.5`. */
function amount(text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isFinite(number) && number >= 0) return number;
  throw new InvalidArgumentError('write a number such as 4 or 5e6.');
}

function dollars(value: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
