import type { SQSEvent } from 'aws-lambda';
import type { ChangeNotice } from '../../../../functions/adapters/changes/change-queue.ts';
import { makeChangePublisher } from '../../../../functions/handlers/change-publisher/recipe.ts';
import { TransientError } from '../../../../functions/runtime/errors.ts';
import { captureLog } from '../../support/log.ts';

const log = captureLog();

test('messages of one owner need one look; what fails comes again, and nothing else', async () => {
  const looked: ChangeNotice[] = [];
  const handler = makeChangePublisher({
    publish: async (notice) => {
      looked.push(notice);
      if (notice.hash === 'busy') throw new TransientError('somebody else publishes');
      if (notice.hash === 'broken') throw new Error('no such thing');
      return [];
    },
  });
  const bodies = ['a', 'busy', 'a', 'broken', 'b'].map((hash) => JSON.stringify({ clientId: 'demo', hash }));
  const Records = [...bodies, 'odd', '{"clientId":7}'].map((body, index) => ({ messageId: `m${index}`, body }));
  const { batchItemFailures } = await handler({ Records } as unknown as SQSEvent);
  expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort()).toEqual(['m1', 'm3']);
  expect(looked.map(({ hash }) => hash).sort()).toEqual(['a', 'b', 'broken', 'busy']);
  expect(log).toBeDefined();
});
