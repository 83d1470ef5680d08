import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { Backing } from './backing.ts';
import { serviceFunction } from './service-function.ts';

const BATCH_SIZE = 10;

/** Publishes the changes that wait in the answers of owners. */
export class ChangePublisher extends Construct {
  readonly fn: LambdaFunction;

  constructor(scope: Construct, id: string, { settings, folderOf, table, changes }: Backing) {
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
    this.fn.addEventSource(
      new SqsEventSource(changes.looks, { batchSize: BATCH_SIZE, maxConcurrency, reportBatchItemFailures: true }),
    );
  }
}
