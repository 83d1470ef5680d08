import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { Backing } from './backing.ts';
import { type ServiceFunction, serviceFunction } from './service-function.ts';

const BATCH_SIZE = 10;

/** Delivers events to the endpoints of clients. */
export class WebhookSender extends Construct {
  readonly fn: ServiceFunction;

  constructor(scope: Construct, id: string, { settings, folderOf, table, webhooks }: Backing) {
    super(scope, id);
    const { timeoutSeconds, maxConcurrency } = settings.webhooks;
    this.fn = serviceFunction(this, {
      settings,
      folderOf,
      name: 'webhook-sender',
      description: 'Delivers events to the webhooks of clients',
      memoryMb: settings.functions.lightMemoryMb,
      timeoutSeconds,
    });
    table.bind(
      this.fn,
      { actions: ['GetItem', 'PutItem', 'DeleteItem'], items: ['webhooks'] },
      { actions: ['GetItem'], items: ['changes'] },
      { actions: ['GetItem'], items: ['owner'] },
    );
    webhooks.bindSender(this.fn);
    webhooks.bindSealing(this.fn);
    this.fn.live.addEventSource(
      new SqsEventSource(webhooks.deliveries, { batchSize: BATCH_SIZE, maxConcurrency, reportBatchItemFailures: true }),
    );
  }
}
