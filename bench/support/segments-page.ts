/** The generated parts of docs/explanation/cost.md about many owners at once. */
import { sum, type Units } from '../../functions/domain/costs/cost-model.ts';
import { pricesOf, REGIONS } from '../../functions/domain/costs/prices.ts';
import {
  batchedAnswerCost,
  changeCost,
  type SegmentCost,
  type SegmentUnits,
  visitedOwnerCost,
} from '../../functions/domain/costs/segment-cost.ts';
import type { Parts } from '../../tools/docs/generated.ts';
import { number, table } from './format.ts';

const PARTS = ['gateway', 'queue', 'compute', 'table', 'objects', 'transitions', 'events', 'logs'] as const;

export function segmentParts(units: SegmentUnits): Parts {
  const { batchLookUp, slices, change } = units;
  const { answers, features, preview, replay } = slices;
  return {
    'segment-units': table(
      '| | Owners | Requests to the table | Read units an owner | Write units an owner | Processor time an owner | S3 gets, puts |',
      '|---|---:|---:|---:|---:|---:|---:|',
      [
        row('Look-up of many', batchLookUp.owners, batchLookUp),
        row('Slice of a snapshot, answers', answers.owners, answers, answers),
        row('Slice of a snapshot, with features', features.owners, features, features),
        row('Slice of a preview', preview.owners, preview, preview),
        row('Slice of a replay', replay.owners, replay, replay),
        row(`Change: publisher, for ${change.messages} messages`, 1, change.publisher),
      ],
    ),
    'segment-prices': REGIONS.map((region) => pricesOfAMillion(units, region)).join('\n\n'),
    'change-requests': `An import that changes a list makes ${number(change.importRequests)} requests to the table, and one that changes none ${number(change.quietImportRequests)} (first imports, both).`,
  };
}

function row(
  name: string,
  owners: number,
  { requests, readUnits, writeUnits, cpuMs }: Units,
  objects?: { readonly s3Gets: number; readonly s3Puts: number },
): string {
  const each = [readUnits, writeUnits, cpuMs].map((value) => number(value / owners));
  const counts = objects ? `${objects.s3Gets}, ${objects.s3Puts}` : '';
  return `| ${name} | ${number(owners)} | ${number(requests)} | ${each[0]} | ${each[1]} | ${each[2]} ms | ${counts} |`;
}

function pricesOfAMillion(units: SegmentUnits, region: string): string {
  const prices = pricesOf(region);
  const line = (name: string, cost: SegmentCost) =>
    `| ${name} | ${PARTS.map((part) => usd(1e6 * cost[part])).join(' | ')} | **${usd(1e6 * sum(cost))}** |`;
  return table(
    `### Many at once, ${region}\n\n| A million | API Gateway | SQS | Lambda | DynamoDB | S3 | Step Functions | EventBridge | Logs | Together |`,
    `|---|${'---:|'.repeat(PARTS.length + 1)}`,
    [
      line(`answers, ${units.batchLookUp.owners} a request`, batchedAnswerCost(units, prices)),
      line('owners in a snapshot, answers', visitedOwnerCost(units, 'answers', prices)),
      line('owners in a snapshot, with features', visitedOwnerCost(units, 'features', prices)),
      line('owners in a preview', visitedOwnerCost(units, 'preview', prices)),
      line('owners derived again (replay)', visitedOwnerCost(units, 'replay', prices)),
      line('changes', changeCost(units, prices)),
    ],
  );
}

function usd(value: number): string {
  return value === 0 ? '' : value < 0.01 ? '< 0.01' : value.toFixed(value < 1 ? 3 : 2);
}
