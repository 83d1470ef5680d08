/**
 * Whether each right of a function or a command was used, and by what. The local servers judge every request by its caller's policy, so the
 * suites before have shown that no right is missing; this one shows that none is unused: without it, a request that was made would
 * have been refused.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Policies, Use } from '../../../local/iam/access.ts';
import type { Running } from '../support/service.ts';

type PolicyStatement = {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
};
type Grant = {
  readonly caller: string;
  readonly index: number;
  readonly action: string;
  readonly statement: PolicyStatement;
};

const byAction =
  (pattern: RegExp) =>
  ({ action }: Grant) =>
    pattern.test(action);

/** Rights that no request on one machine uses, and why. */
const NOT_SHOWN: readonly { readonly means: (grant: Grant) => boolean; readonly why: string }[] = [
  { means: byAction(/^logs:/), why: 'logs are files here' },
  { means: byAction(/^xray:/), why: 'there are no traces here' },
  { means: byAction(/^(apigateway|cloudwatch|lambda):/), why: 'asked on AWS alone, or of a server that judges nobody' },
  {
    means: byAction(/^kms:(DescribeKey|GenerateDataKeyWithoutPlaintext|ReEncrypt(From|To))$/),
    why: 'DynamoDB uses the key itself (developer guide, "Encryption at rest: usage notes")',
  },
  {
    means: ({ caller, action }) =>
      /Func/.test(caller) &&
      !/Failures/.test(caller) &&
      /^sqs:(GetQueueAttributes|GetQueueUrl|ChangeMessageVisibility)$/.test(action),
    why: 'Lambda asks for it when it sets up and scales its polling',
  },
  {
    means: ({ caller, action }) => caller === 'cli-failures-retry' && action === 'sqs:ChangeMessageVisibility',
    why: 'what it receives and does not send again it shows again: here it sends all',
  },
  {
    means: ({ caller, action }) => caller === 'cli-restore' && action === 'dynamodb:DeleteItem',
    why: 'pages whose parts are lost are removed: the tests of restore lose some',
  },
  { means: ({ caller }) => /NightlySnapshots/.test(caller), why: 'no schedule runs on one machine' },
  {
    means: ({ caller, action }) => /OwnerProfiles/.test(caller) && action === 'sqs:SendMessage',
    why: 'a look-up changes a list only when a day has passed',
  },
  {
    means: ({ caller, action }) => /OwnerErasure/.test(caller) && action === 'sqs:DeleteMessage',
    why: 'an erasure goes on by the queue only when it takes longer than a request may',
  },
  {
    means: ({ caller, action }) => /OwnerErasure/.test(caller) && action === 's3:ListBucket',
    why: 'a slice is missing only when an erasure meets a snapshot that has just started',
  },
  {
    means: ({ caller, action }) => /WebhookSender/.test(caller) && action === 'dynamodb:DeleteItem',
    why: 'an endpoint recovers at a retry, a minute later',
  },
  {
    means: ({ caller, action }) => /CataloguePublications/.test(caller) && action === 'dynamodb:DeleteItem',
    why: 'a publication is taken back when its run cannot be started',
  },
  {
    means: ({ caller, action }) => /StatementReader/.test(caller) && action === 'dynamodb:DeleteItem',
    why: 'a refusal is taken back when an erasure comes while it is written',
  },
  {
    means: ({ caller, action, statement }) =>
      /StatementReader/.test(caller) && action === 's3:PutObject' && /imports/.test(JSON.stringify(statement.Resource)),
    why: 'imports of more than 1 MiB go beside their messages: the function of uploads shows it',
  },
  {
    means: ({ caller, action }) => /StatementReader/.test(caller) && action === 's3:ListBucket',
    why: 'an object that is announced twice is gone at the second time',
  },
  {
    means: ({ caller, action }) => /CataloguePublications|cli-replay/.test(caller) && action === 's3:ListBucket',
    why: 'slices are counted while a replay runs, which may be over before it is asked',
  },
];

/**
 * @param shown which rights this service's tests must show; the others belong to another file
 */
export function grants(service: () => Running, shown: (grant: Grant) => boolean): void {
  test('every right of a function or a command is needed by a request that was made', () => {
    const policies: Policies = JSON.parse(readFileSync(join(service().directory, 'policies.json'), 'utf8'));
    const uses = readFileSync(join(service().directory, 'logs/grants.jsonl'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): Use => JSON.parse(line));
    const needed = new Set(uses.flatMap(neededBy));
    const unused = Object.entries(policies)
      .flatMap(([caller, statements]) => grantsOf(caller, statements as readonly PolicyStatement[]))
      .filter((grant) => shown(grant) && !NOT_SHOWN.some(({ means }) => means(grant)))
      .filter((grant) => !needed.has(nameOf(grant)));
    expect(unused.map(described)).toEqual([]);
  });
}

/** Rights on catalogues are shown where they are edited. */
export function isOfCatalogues({ caller, statement }: Grant): boolean {
  if (caller.startsWith('cli-')) return false;
  return /Catalogue|ApiFunctionsProfiles/.test(caller) || leadingKeysOf(statement).includes('*#catalogue');
}

function leadingKeysOf({ Condition }: PolicyStatement): string[] {
  return [Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? []].flat();
}

/** A request that only one statement allows could not be made without it. */
function neededBy({ caller, action, allowedBy }: Use): string[] {
  return allowedBy.length === 1 ? [nameOf({ caller, action, index: allowedBy[0]! })] : [];
}

function grantsOf(caller: string, statements: readonly PolicyStatement[]): Grant[] {
  return statements.flatMap((statement, index) =>
    [statement.Action].flat().map((action) => ({ caller, index, action, statement })),
  );
}

function nameOf({ caller, index, action }: Pick<Grant, 'caller' | 'index' | 'action'>): string {
  return `${caller} ${index} ${action}`;
}

function described(grant: Grant): string {
  const [, name] = /-(?:ApiFunctions)?(\w+?)Func/.exec(grant.caller) ?? [];
  return `${name ?? grant.caller}: ${grant.action} on ${leadingKeysOf(grant.statement).join(' ') || grant.statement.Resource}`;
}
