import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMANDS } from '../../cli/policies/commands.ts';
import { commandLine, run } from '../../cli/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'policy-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'outputs.json');
const queue = (name: string) => `https://sqs.eu-central-1.amazonaws.com/123456789012/${name}`;
const OUTPUTS = {
  TableName: 'ledger',
  TableKeyArn: 'arn:aws:kms:eu-central-1:123456789012:key/k',
  HashKeySecretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:hash-abcdef',
  ImportQueueUrl: queue('imports'),
  ParkedQueueUrl: queue('parked'),
  DeadLetterQueueUrl: queue('dead'),
  PayloadBucketName: 'payloads',
  ResultsBucketName: 'results',
  StateMachineArn: 'arn:aws:states:eu-central-1:123456789012:stateMachine:runs',
};

async function asked(args: readonly string[], outputs: object = OUTPUTS) {
  writeFileSync(file, JSON.stringify({ 'OwnerProfiles-prod': outputs }));
  const [out, notes]: [string[], string[]] = [[], []];
  const context = {
    out: (text: string) => void out.push(text),
    note: (text: string) => void notes.push(text),
    clock: () => 0,
    env: { DATA_DIR: folder },
    interactive: false,
    openClientStore: () => Promise.reject(new Error('no table is asked')),
  };
  const code = await run(['policy', ...args, '--outputs', file], context);
  return { code, notes: notes.join('\n'), policy: out.length > 0 ? JSON.parse(out.join('\n')) : undefined, context };
}

test('a command has its own rights and no others', async () => {
  expect((await asked(['failures', 'retry'])).policy).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['sqs:ReceiveMessage', 'sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        Resource: ['arn:aws:sqs:eu-central-1:123456789012:parked', 'arn:aws:sqs:eu-central-1:123456789012:dead'],
      },
      { Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: ['arn:aws:sqs:eu-central-1:123456789012:imports'] },
    ],
  });
  expect((await asked(['keys', 'list'])).policy.Statement).toEqual([
    {
      Effect: 'Allow',
      Action: ['dynamodb:Query'],
      Resource: ['arn:aws:dynamodb:eu-central-1:123456789012:table/ledger'],
      Condition: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['*#client'] },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    },
    {
      Effect: 'Allow',
      Action: ['dynamodb:GetItem'],
      Resource: ['arn:aws:dynamodb:eu-central-1:123456789012:table/ledger'],
      Condition: {
        'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['#key#*'] },
        Null: { 'dynamodb:LeadingKeys': 'false' },
      },
    },
    {
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:DescribeKey'],
      Resource: ['arn:aws:kms:eu-central-1:123456789012:key/k'],
      Condition: { StringEquals: { 'kms:ViaService': 'dynamodb.eu-central-1.amazonaws.com' } },
    },
  ]);
});

test('a group of commands has the rights of all, each once', async () => {
  const { policy } = await asked(['keys']);
  const texts = policy.Statement.map((statement: object) => JSON.stringify(statement));
  expect(new Set(texts).size).toBe(texts.length);
  for (const command of ['create', 'list', 'revoke']) {
    const { Statement } = (await asked(['keys', command])).policy;
    expect(policy.Statement).toEqual(expect.arrayContaining(Statement));
  }
});

test('what uses no rights, or is no command, or lacks an output, is refused by name', async () => {
  expect(await asked(['get'])).toMatchObject({
    code: 2,
    notes: expect.stringContaining('"get" needs no rights on AWS'),
  });
  const { TableKeyArn: _, ...before } = OUTPUTS;
  expect(await asked(['keys', 'list'], before)).toMatchObject({
    code: 2,
    notes: expect.stringContaining('the outputs name no TableKeyArn'),
  });
});

test('every policy is of a command that there is', async () => {
  const cli = commandLine((await asked(['keys'])).context);
  const names = cli.commands.flatMap((command) =>
    command.commands.length > 0 ? command.commands.map((one) => `${command.name()} ${one.name()}`) : [command.name()],
  );
  expect(Object.keys(COMMANDS).filter((name) => !names.includes(name))).toEqual([]);
});
