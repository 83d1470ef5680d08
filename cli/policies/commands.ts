/**
 * What each command of operators may do on AWS, and no more. The local service judges every command by its entry here, so that the tests
 * of commands show that nothing is missing, and one of them that nothing is needless.
 */
import type { Places } from './places.ts';
import {
  allow,
  decrypt,
  encrypt,
  inService,
  listOwners,
  onItems,
  readHashKey,
  type Statement,
  scan,
} from './statements.ts';

type Rights = (places: Places) => readonly Statement[];

const onQueues = (actions: readonly string[]): Rights => {
  return ({ parked, deadLetters }) => [allow(inService('sqs', actions), [parked, deadLetters])];
};
/** Failures that were looked at are made visible again. */
const LOOK = ['ReceiveMessage', 'ChangeMessageVisibility'];

const count: Rights = ({ imports, parked, deadLetters }) => [
  allow(['sqs:GetQueueAttributes'], [imports, parked, deadLetters]),
];

const doctor: Rights = (places) => [
  ...count(places),
  allow(['dynamodb:DescribeTable'], [places.table]),
  // Which clients have no plan.
  ...(places.plans.length > 0 ? [scan(places.table), decrypt(places)] : []),
  allow(['lambda:GetAccountSettings'], ['*']),
  allow(['apigateway:GET'], [places.gateway('/account')]),
];

/** Puts clients into plans, where the stage has any. */
const plan: Rights = ({ gateway, plans }) =>
  plans.length === 0
    ? []
    : [
        allow(['apigateway:GET', 'apigateway:POST'], [gateway('/apikeys')]),
        allow(
          ['apigateway:POST'],
          plans.map((id) => gateway(`/usageplans/${id}/keys`)),
        ),
      ];

const replay: Rights = (places) => [
  scan(places.table),
  onItems([places.table], ['GetItem'], ['client']),
  onItems([places.table], ['GetItem', 'PutItem'], ['catalogue']),
  listOwners([places.table]),
  encrypt(places),
  allow(['states:StartExecution'], [places.stateMachine]),
  allow(['states:DescribeExecution'], [`${places.stateMachine.replace(':stateMachine:', ':execution:')}:*`]),
  allow(['s3:ListBucket'], [places.results]),
];

/** A restored table is encrypted with the key of the one that it was made from. */
const restore: Rights = (places) => {
  const restored = `${places.table}-*`;
  return [
    scan(restored),
    onItems([restored], ['GetItem', 'BatchGetItem', 'Query'], ['owner', 'client', 'catalogue', 'apiKey', 'operators']),
    onItems([places.table], ['GetItem', 'PutItem'], ['owner', 'client', 'clients', 'catalogue', 'apiKey', 'operators']),
    onItems([places.table], ['BatchGetItem', 'Query', 'DeleteItem'], ['owner']),
    encrypt(places),
    ...readHashKey(places),
  ];
};

/** By command, as it is typed. Commands that are not here use the API alone, with its key. */
export const COMMANDS: Readonly<Record<string, Rights>> = {
  'clients create': (places) => [
    onItems([places.table], ['PutItem'], ['client', 'clients', 'apiKey']),
    onItems([places.table], ['GetItem'], ['client']),
    ...(places.plans.length > 0 ? [onItems([places.table], ['UpdateItem'], ['client'])] : []),
    encrypt(places),
    ...readHashKey(places),
    ...plan(places),
  ],
  'clients list': (places) => [scan(places.table), decrypt(places)],
  'clients set': (places) => [
    onItems([places.table], ['UpdateItem'], ['client']),
    // With --nightly: the list by which the night finds the client.
    onItems([places.table], ['PutItem'], ['clients']),
    // A key of a plan is made only for a client that there is.
    ...(places.plans.length > 0 ? [onItems([places.table], ['GetItem'], ['client'])] : []),
    encrypt(places),
    ...plan(places),
  ],
  'keys create': (places) => [
    onItems([places.table], ['GetItem'], ['client']),
    onItems([places.table], ['PutItem'], ['client', 'apiKey']),
    encrypt(places),
    ...readHashKey(places),
  ],
  'keys list': (places) => [
    onItems([places.table], ['Query'], ['client']),
    onItems([places.table], ['GetItem'], ['apiKey']),
    decrypt(places),
  ],
  // Without --client, the keys of all clients are looked through.
  'keys revoke': (places) => [
    scan(places.table),
    onItems([places.table], ['GetItem', 'Query'], ['client']),
    onItems([places.table], ['GetItem', 'UpdateItem'], ['apiKey']),
    encrypt(places),
  ],
  'operator-keys create': (places) => [
    onItems([places.table], ['PutItem'], ['operators']),
    encrypt(places),
    ...readHashKey(places),
  ],
  'operator-keys list': (places) => [onItems([places.table], ['Query'], ['operators']), decrypt(places)],
  'operator-keys revoke': (places) => [
    onItems([places.table], ['Query', 'UpdateItem'], ['operators']),
    encrypt(places),
  ],
  'failures list': onQueues(LOOK),
  'failures show': onQueues(LOOK),
  'failures purge': (places) => [
    ...onQueues([...LOOK, 'DeleteMessage'])(places),
    // With --erased: whether their owners are.
    onItems([places.table], ['GetItem'], ['owner']),
    decrypt(places),
    ...readHashKey(places),
  ],
  'failures retry': (places) => [
    ...onQueues([...LOOK, 'DeleteMessage', 'GetQueueAttributes'])(places),
    allow(['sqs:SendMessage'], [places.imports]),
  ],
  import: ({ imports, payloads }) => [
    allow(['sqs:SendMessage'], [imports]),
    allow(['s3:PutObject'], [`${payloads}/imports/*`]),
  ],
  replay,
  restore,
  doctor,
  status: (places) => [...count(places), allow(['cloudwatch:GetMetricStatistics'], ['*'])],
};

/** The name with which a command signs on one machine: `cli-keys-create`. */
export function signerOf(command: string): string {
  return `cli-${command.replaceAll(' ', '-')}`;
}

/** Statements by the name that signs, of all commands. */
export function policiesOf(places: Places): Readonly<Record<string, readonly Statement[]>> {
  return Object.fromEntries(Object.entries(COMMANDS).map(([name, rights]) => [signerOf(name), rights(places)]));
}
