import { EventBus } from 'aws-cdk-lib/aws-events';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { ENV } from '../functions/runtime/names.ts';
import type { Backing } from './backing.ts';
import { publish } from './output.ts';
import { type ServiceFunction, serviceFunction } from './service-function.ts';

const BATCH_SIZE = 10;

/** Publishes the changes that wait in the answers of owners. */
export class ChangePublisher extends Construct {
  readonly fn: ServiceFunction;
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, { settings, folderOf, table, changes, webhooks }: Backing) {
    super(scope, id);
    const { timeoutSeconds, maxConcurrency } = settings.changes;
    this.fn = serviceFunction(this, {
      settings,
      folderOf,
      name: 'change-publisher',
      description: 'Publishes changes of the profiles of owners',
      memoryMb: settings.functions.lightMemoryMb,
      timeoutSeconds,
    });
    table.bind(
      this.fn,
      { actions: ['GetItem', 'Query', 'PutItem'], items: ['owner'] },
      { actions: ['GetItem', 'Query', 'PutItem'], items: ['changes'] },
    );
    webhooks.bindNotifier(this.fn);
    this.bus = new EventBus(this, 'Bus', { description: 'Changes of the profiles of owners' });
    this.fn.addEnvironment(ENV.eventBus, this.bus.eventBusName);
    this.bus.grantPutEventsTo(this.fn);
    publish(this, 'EventBusName', this.bus.eventBusName, 'Event bus that gets every change of a list');
    this.fn.live.addEventSource(
      new SqsEventSource(changes.looks, { batchSize: BATCH_SIZE, maxConcurrency, reportBatchItemFailures: true }),
    );
  }
}
