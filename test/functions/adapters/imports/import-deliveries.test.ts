/** Messages in flight at a worker, over the local queue server. */
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { openImportDeliveries } from '../../../../functions/adapters/imports/import-deliveries.ts';
import { startSqs } from '../../../../local/sqs/server.ts';

test('are taken from the queue, or let go, before their time', async () => {
  const server = await startSqs({ file: ':memory:', port: 0, region: 'eu-central-1', account: '000000000000' });
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const sqs = new SQSClient({ endpoint: server.endpoint, region: 'eu-central-1', credentials, maxAttempts: 1 });
  try {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'imports' }));
    const received = async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      return Messages.map(({ Body = '', ReceiptHandle = '' }) => ({ Body, receiptHandle: ReceiptHandle }));
    };
    for (const MessageBody of ['a', 'b', 'c']) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    const [a, b, c] = await received();
    const deliveries = openImportDeliveries(String(QueueUrl), sqs);
    await deliveries.remove([a!]);
    await deliveries.show([a!, b!], 0);
    await deliveries.show([c!], 60);
    expect((await received()).map(({ Body }) => Body)).toEqual(['b']);
  } finally {
    sqs.destroy();
    await server.close();
  }
});
