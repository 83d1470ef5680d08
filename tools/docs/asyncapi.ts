/** `npm run asyncapi`: writes docs/reference/asyncapi.json, all that goes in or out as a message, from the schemas that validate. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { change } from '../../functions/contracts/http/changes.ts';
import { refusedImportsAnswer } from '../../functions/contracts/http/imports.ts';
import { snapshotAnswer } from '../../functions/contracts/http/segments.ts';
import { TEST_EVENT, WEBHOOK_EVENTS } from '../../functions/contracts/http/webhook-events.ts';
import { importMessageJsonSchema } from '../../functions/contracts/openapi/import-message-schema.ts';
import { inlineSchema, type JsonSchema } from '../../functions/contracts/openapi/schemas.ts';
import manifest from '../../package.json' with { type: 'json' };
import { ROOT } from '../drawing/imports.ts';

export const ASYNCAPI = 'docs/reference/asyncapi.json';

const clientId = z.string().meta({ description: 'Whose owner it is' });
const [CHANGED, REFUSED, FINISHED] = WEBHOOK_EVENTS;
const finished = snapshotAnswer.pick({
  snapshotId: true,
  status: true,
  asOf: true,
  startedAt: true,
  finishedAt: true,
  owners: true,
  hash: true,
  sample: true,
});

/** AsyncAPI 3.1. */
export function asyncApiDocument() {
  const { $schema: _, ...imported } = importMessageJsonSchema();
  return {
    asyncapi: '3.1.0',
    info: {
      title: 'Messages of Owner Profiles',
      version: manifest.version,
      description:
        'What import pipelines send, and what clients get without asking. Addresses are outputs of the stack; a webhook is where its client says.',
      license: { name: 'Apache 2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    channels: {
      imports: {
        address: null,
        description:
          'The SQS queue of the output `ImportQueueUrl`. Set `MessageGroupId` to the `clientId`, so that clients get fair shares.',
        messages: { import: { $ref: '#/components/messages/import' } },
      },
      parked: {
        address: null,
        description:
          'The SQS queue of the output `ParkedQueueUrl`: imports that can never be processed, whole, with the attributes `reason`, `detail` and `messageId` (that of the refused message).',
        messages: { parked: { $ref: '#/components/messages/parked' } },
      },
      bus: {
        address: null,
        description: `The EventBridge bus of the output \`EventBusName\`: \`detail\` of events with the detail type \`${CHANGED}\`.`,
        messages: { change: { $ref: '#/components/messages/change' } },
      },
      webhooks: {
        address: null,
        description: 'POST to the url of a webhook, by the Standard Webhooks specification.',
        messages: Object.fromEntries(
          [...WEBHOOK_EVENTS, TEST_EVENT].map((type) => [type, { $ref: `#/components/messages/${type}` }]),
        ),
      },
    },
    operations: {
      takeImport: { action: 'receive', channel: { $ref: '#/channels/imports' } },
      park: { action: 'send', channel: { $ref: '#/channels/parked' } },
      announce: { action: 'send', channel: { $ref: '#/channels/bus' } },
      deliver: { action: 'send', channel: { $ref: '#/channels/webhooks' } },
    },
    components: {
      messages: {
        import: { title: 'One import of one owner', payload: imported },
        parked: {
          title: 'An import that was refused',
          payload: { type: 'string', description: 'The body as it was sent' },
        },
        change: { title: 'An owner’s list of profiles changed', payload: inlineSchema(change.extend({ clientId })) },
        [CHANGED]: delivery(CHANGED, change),
        [REFUSED]: delivery(REFUSED, refusedImportsAnswer.shape.imports.element),
        [FINISHED]: delivery(FINISHED, finished),
        [TEST_EVENT]: delivery(TEST_EVENT, z.looseObject({})),
      },
    },
  };
}

function delivery(type: string, data: z.ZodType): JsonSchema {
  const payload = inlineSchema(z.object({ type: z.literal(type), timestamp: z.iso.datetime(), data }));
  const signed = z.object({
    'webhook-id': z.string().meta({ description: 'The same when a delivery is repeated' }),
    'webhook-timestamp': z.string().meta({ description: 'Seconds since 1970' }),
    'webhook-signature': z.string(),
  });
  return { title: type, headers: inlineSchema(signed), payload };
}

export const asyncApiText = (): string => `${JSON.stringify(asyncApiDocument(), null, 2)}\n`;

if (import.meta.main) writeFileSync(join(ROOT, ASYNCAPI), asyncApiText());
