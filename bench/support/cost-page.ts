/** docs/cost.md, from the counted units and the list prices. */
import {
  type Cost,
  type Counted,
  importCost,
  keptMonthCost,
  lookUpCost,
  monthly,
  replayCost,
  sum,
  TABLE_MS,
  type Units,
} from '../../functions/domain/costs/cost-model.ts';
import { PRICES_AS_OF, pricesOf, REGIONS } from '../../functions/domain/costs/prices.ts';
import { number } from './format.ts';

const PARTS = ['gateway', 'queue', 'compute', 'table', 'logs'] as const;
const EXAMPLE = { owners: 5e6, importsPerOwnerMonth: 4, lookUpsPerOwnerMonth: 10, replaysPerMonth: 1 };

export function costPage(counted: Counted): string {
  return [
    '# Cost',
    '',
    '<!-- Made by `npm run bench -- cost`; do not edit by hand. -->',
    '',
    `Units are counted (${counted.at}) by a proxy in front of the local table; prices are public list prices of ${PRICES_AS_OF}, as known then, from`,
    '[`functions/domain/costs/prices.json`](../bench/prices.json): without taxes, free tiers, discounts. **Look them up before deciding on them.** Not in here: X-Ray traces, alarms, the dashboard,',
    'point-in-time recovery, data leaving AWS, support.',
    '',
    '## What one event takes',
    '',
    '| Event | Requests to the table | Read units | Write units | Processor time | Log bytes |',
    '|---|---:|---:|---:|---:|---:|',
    row('Look-up, fresh', counted.lookUp),
    row('Import of 50 rows into 1,000 held, alone', counted.importAlone),
    row('The same, in a batch of ten owners', counted.importInBatch),
    row('Owner derived anew (replay)', counted.replay),
    '',
    `An owner of 1,000 rows keeps ${number(counted.bytesOfOwner)} bytes. Processor time is that of the machine that ran the benchmarks; a function waits for ${TABLE_MS} ms on each request`,
    'to the table, which is an assumption: no local table can tell it.',
    '',
    '## USD for a million',
    '',
    ...REGIONS.flatMap((region) => {
      const prices = pricesOf(region);
      const line = (name: string, cost: Cost) =>
        `| ${name} | ${PARTS.map((part) => usd(1e6 * cost[part])).join(' | ')} | **${usd(1e6 * sum(cost))}** |`;
      return [
        `### ${region}`,
        '',
        '| A million | API Gateway | SQS | Lambda | DynamoDB | Logs | Together |',
        '|---|---:|---:|---:|---:|---:|---:|',
        line('look-ups', lookUpCost(counted, prices)),
        line('imports, batches full', importCost(counted, true, prices)),
        line('imports, one by one', importCost(counted, false, prices)),
        line('owners derived anew', replayCost(counted, prices)),
        `| owners of 1,000 rows kept a month | | | | ${usd(1e6 * keptMonthCost(counted, prices))} | | **${usd(1e6 * keptMonthCost(counted, prices))}** |`,
        '',
      ];
    }),
    '![A million imports](../bench/charts/cost.svg)',
    '',
    '## Other ways to keep the same owner',
    '',
    'Done for real in the same run, against the same table: an import of 50 rows into 1,000 held.',
    '',
    '| Way | Read units | Write units | Objects read, written | Bytes kept |',
    '|---|---:|---:|---:|---:|',
    `| month pages (ours) | ${number(counted.importAlone.readUnits)} | ${number(counted.importAlone.writeUnits)} | | ${number(counted.bytesOfOwner)} |`,
    ...Object.entries(counted.others).map(
      ([name, other]) =>
        `| ${name} | ${number(other.import.readUnits)} | ${number(other.import.writeUnits)} | ${other.s3 ? `${other.s3Gets}, ${other.s3Puts}` : ''} | ${number(other.bytes)} |`,
    ),
    '',
    'One item with everything ends at 400 KB, some 2,500 rows; reading all imports again grows with every import ever made, where the other ways stay flat.',
    '',
    '## A month',
    '',
    `${number(EXAMPLE.owners)} owners, ${EXAMPLE.importsPerOwnerMonth} imports and ${EXAMPLE.lookUpsPerOwnerMonth} look-ups each a month, one replay of all:`,
    '',
    `| | ${REGIONS.join(' | ')} |`,
    `|---|${REGIONS.map(() => '---:|').join('')}`,
    ...monthTable(counted),
    '',
    'Your own numbers: `owner-profiles cost --owners 5e6 --imports-per-owner-month 4 --look-ups-per-owner-month 10 --price-region eu-central-1`.',
    '',
  ].join('\n');
}

function row(name: string, { requests, readUnits, writeUnits, cpuMs, logBytes }: Units): string {
  return `| ${name} | ${number(requests)} | ${number(readUnits)} | ${number(writeUnits)} | ${number(cpuMs)} ms | ${number(logBytes)} |`;
}

function monthTable(counted: Counted): string[] {
  const months = REGIONS.map((region) => monthly(counted, pricesOf(region), EXAMPLE));
  const names = Object.keys(months[0] ?? {});
  const total = (month: Record<string, number>) => Object.values(month).reduce((all, one) => all + one, 0);
  return [
    ...names.map((name) => `| ${name} | ${months.map((month) => usd(month[name] ?? 0)).join(' | ')} |`),
    `| **USD together** | ${months.map((month) => `**${usd(total(month))}**`).join(' | ')} |`,
  ];
}

function usd(value: number): string {
  return value === 0 ? '' : value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
}
