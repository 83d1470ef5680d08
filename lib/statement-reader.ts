import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { raiseAlarm } from './alarm.ts';
import type { Backing } from './backing.ts';
import { functionMetrics, type ServiceFunction, serviceFunction } from './service-function.ts';

/** Reads large files once they have arrived, one at a time in each process. */
export class StatementReader extends Construct {
  readonly fn: ServiceFunction;

  constructor(
    scope: Construct,
    id: string,
    { settings, folderOf, table, queue, payloads, uploads, webhooks }: Backing,
  ) {
    super(scope, id);
    const { memoryMb, timeoutSeconds, maxConcurrency } = settings.reading;
    this.fn = serviceFunction(this, {
      settings,
      folderOf,
      name: 'statement-reader',
      description: 'Reads large files of banks once they have arrived',
      memoryMb,
      timeoutSeconds,
    });
    table.bind(
      this.fn,
      { actions: ['UpdateItem', 'DeleteItem'], items: ['uploads'] },
      { actions: ['PutItem', 'DeleteItem'], items: ['refused', 'owner'] },
    );
    queue.bindSender(this.fn);
    payloads.bindWriter(this.fn);
    payloads.bindUploadReader(this.fn);
    webhooks.bindNotifier(this.fn);
    this.fn.live.addEventSource(
      new SqsEventSource(uploads.arrivals, { batchSize: 1, maxConcurrency, reportBatchItemFailures: true }),
    );
    raiseAlarm(this, 'ErrorsAlarm', {
      settings,
      anchor: 'uploads-unread',
      says: 'The function that reads large files fails: crash, timeout or wrong configuration. A file that fails twice is refused.',
      metric: functionMetrics(this.fn).errors,
      atLeast: settings.alarms.workerErrors,
      rollsBack: true,
    });
  }
}
