/** The generated parts of docs/explanation/cost.md, from the counted units and the list prices. */
import {
  COLD_SHARE,
  type Cost,
  type Counted,
  importCost,
  keptMonthCost,
  lookUpCost,
  monthly,
  sum,
  TABLE_MS,
  type Units,
} from '../../functions/domain/costs/cost-model.ts';
import { PRICES_AS_OF, pricesOf, REGIONS } from '../../functions/domain/costs/prices.ts';
import { type SegmentUnits, visitedOwnerCost } from '../../functions/domain/costs/segment-cost.ts';
import type { Parts } from '../../tools/docs/generated.ts';
import { number, table } from './format.ts';
import { segmentParts } from './segments-page.ts';

const PARTS = ['gateway', 'queue', 'compute', 'table', 'logs'] as const;
const EXAMPLE = { owners: 5e6, importsPerOwnerMonth: 4, lookUpsPerOwnerMonth: 10 };

export function costParts(counted: Counted, segments: SegmentUnits): Parts {
  const { owners, importsPerOwnerMonth, lookUpsPerOwnerMonth } = EXAMPLE;
  const { readUnits, writeUnits } = counted.importAlone;
  return {
    ...segmentParts(segments),
    'counted-at': counted.at,
    'prices-as-of': PRICES_AS_OF,
    events: table(
      '| Event | Requests to the table | Waits | Read units | Write units | Processor time | Log bytes |',
      '|---|---:|---:|---:|---:|---:|---:|',
      [
        row('Look-up, fresh', counted.lookUp),
        row('Import of 50 rows into 1,000 held, alone', counted.importAlone),
        row('The same, in a batch of ten owners', counted.importInBatch),
      ],
    ),
    'owner-bytes': number(counted.bytesOfOwner),
    'table-ms': String(TABLE_MS),
    'init-ms': `${number(counted.initMs.lookUp)} ms (look-ups) and ${number(counted.initMs.worker)} ms (imports)`,
    'cold-share': `${100 * COLD_SHARE} %`,
    prices: REGIONS.map((region) => pricesOfAMillion(counted, region)).join('\n\n'),
    'other-ways': table(
      '| Way | Read units | Write units | Objects read, written | Bytes kept |',
      '|---|---:|---:|---:|---:|',
      [
        `| month pages (ours) | ${number(readUnits)} | ${number(writeUnits)} | | ${number(counted.bytesOfOwner)} |`,
        ...Object.entries(counted.others).map(
          ([name, other]) =>
            `| ${name} | ${number(other.import.readUnits)} | ${number(other.import.writeUnits)} | ${other.s3 ? `${other.s3Gets}, ${other.s3Puts}` : ''} | ${number(other.bytes)} |`,
        ),
      ],
    ),
    example: `${number(owners)} owners, ${importsPerOwnerMonth} imports and ${lookUpsPerOwnerMonth} look-ups each a month, one replay of all:`,
    month: table(
      `| | ${REGIONS.join(' | ')} |`,
      `|---|${REGIONS.map(() => '---:|').join('')}`,
      monthTable(counted, segments),
    ),
  };
}

function pricesOfAMillion(counted: Counted, region: string): string {
  const prices = pricesOf(region);
  const line = (name: string, cost: Cost) =>
    `| ${name} | ${PARTS.map((part) => usd(1e6 * cost[part])).join(' | ')} | **${usd(1e6 * sum(cost))}** |`;
  const kept = usd(1e6 * keptMonthCost(counted, prices));
  return table(
    `### ${region}\n\n| A million | API Gateway | SQS | Lambda | DynamoDB | Logs | Together |`,
    '|---|---:|---:|---:|---:|---:|---:|',
    [
      line('look-ups', lookUpCost(counted, prices)),
      line('imports, batches full', importCost(counted, true, prices)),
      line('imports, one by one', importCost(counted, false, prices)),
      `| owners of 1,000 rows kept a month | | | | ${kept} | | **${kept}** |`,
    ],
  );
}

function row(name: string, { requests, waits, readUnits, writeUnits, cpuMs, logBytes }: Units): string {
  return `| ${name} | ${number(requests)} | ${number(waits)} | ${number(readUnits)} | ${number(writeUnits)} | ${number(cpuMs)} ms | ${number(logBytes)} |`;
}

function monthTable(counted: Counted, segments: SegmentUnits): string[] {
  const months = REGIONS.map((region): Record<string, number> => {
    const prices = pricesOf(region);
    const replays = EXAMPLE.owners * sum(visitedOwnerCost(segments, 'replay', prices));
    return { ...monthly(counted, prices, EXAMPLE), replays };
  });
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
