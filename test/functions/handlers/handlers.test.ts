/** What each function needs of its environment: its error names all that is missing. */
import { readdirSync } from 'node:fs';
import { SERVICE_VARIABLES, WRITER_VARIABLES } from '../../../functions/runtime/configuration.ts';
import { ENV } from '../../../functions/runtime/names.ts';

const HANDLERS = new URL('../../../functions/handlers/', import.meta.url);
const RUNS = ['stateMachine', 'resultsBucket', 'ownersPerSlice'] as const;

const NEEDED: Readonly<Record<string, readonly (keyof typeof ENV)[]>> = {
  authorizer: ['table', 'hashKeySecret'],
  catalogue: ['table'],
  'catalogue-draft': ['table'],
  'catalogue-previews': [...SERVICE_VARIABLES, ...RUNS],
  'catalogue-publications': ['table', ...RUNS, 'callerCacheSeconds'],
  'change-publisher': ['table', 'retentionMonths', 'webhookQueue', 'eventBus'],
  changes: ['table'],
  failures: [
    'parkedQueue',
    'importDeadLetters',
    'importQueue',
    'uploadDeadLetters',
    'uploadQueue',
    'changeDeadLetters',
    'changeQueue',
    'erasureDeadLetters',
    'erasureQueue',
    'webhookDeadLetters',
    'webhookQueue',
  ],
  'import-worker': [...WRITER_VARIABLES, 'importQueue', 'parkedQueue', 'payloadBucket', 'webhookQueue'],
  imports: SERVICE_VARIABLES,
  'nightly-snapshots': ['table', 'stateMachine', 'ownersPerSlice', 'answersPerSlice'],
  openapi: [],
  'owner-erasure': [...WRITER_VARIABLES, 'snapshotsBucket', 'payloadBucket', 'erasureQueue'],
  'owner-explanation': SERVICE_VARIABLES,
  'owner-features': SERVICE_VARIABLES,
  'owner-history': SERVICE_VARIABLES,
  'owner-profiles': WRITER_VARIABLES,
  'owner-statements': ['importQueue', 'payloadBucket', 'table', 'hashKeySecret'],
  'owner-transactions': SERVICE_VARIABLES,
  'owner-upload': ['importQueue', 'payloadBucket'],
  'profile-run': [
    ...WRITER_VARIABLES,
    'resultsBucket',
    'snapshotsBucket',
    'ownersPerSlice',
    'answersPerSlice',
    'ownersPerSecond',
    'webhookQueue',
  ],
  keys: ['table', 'hashKeySecret'],
  profiles: ['table'],
  'statement-reader': ['table', 'importQueue', 'payloadBucket', 'webhookQueue'],
  'webhook-sender': ['table', 'webhookQueue', 'webhookKeySecret'],
  webhooks: ['table', 'webhookQueue', 'webhookKeySecret'],
  snapshots: ['table', 'stateMachine', 'snapshotsBucket', 'ownersPerSlice', 'answersPerSlice'],
};

beforeEach(() => {
  for (const variable of Object.values(ENV)) delete process.env[variable];
});

test('every function is asked', () => {
  expect(Object.keys(NEEDED).sort()).toEqual(readdirSync(HANDLERS).sort());
});

test.each(Object.entries(NEEDED))(
  'without its environment %s does not start, and says what it lacks',
  async (name, needed) => {
    const start = import(`${HANDLERS.href}${name}/handler.ts`);
    if (needed.length === 0) return expect(start).resolves.toHaveProperty('handler');
    return expect(start).rejects.toThrow(`missing in the environment: ${needed.map((of) => ENV[of]).join(', ')}`);
  },
);
