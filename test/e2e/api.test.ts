/** One running service, with the requests of clients and the imports of publishers. */
import { accountsAt } from './suites/accounts-at.ts';
import { atOnce } from './suites/at-once.ts';
import { badMessages, badMessagesOfFullSize } from './suites/bad-messages.ts';
import { changes } from './suites/changes.ts';
import { failures } from './suites/failures.ts';
import { grants, isOfCatalogues } from './suites/grants.ts';
import { isolation } from './suites/isolation.ts';
import { operators } from './suites/operators.ts';
import { purpose } from './suites/purpose.ts';
import { rarePaths } from './suites/rare-paths.ts';
import { requests } from './suites/requests.ts';
import { restored } from './suites/restored.ts';
import { segments } from './suites/segments.ts';
import { statements } from './suites/statements.ts';
import { uploads } from './suites/uploads.ts';
import { webhooks } from './suites/webhooks.ts';
import { wholePath } from './suites/whole-path.ts';
import { depthOf } from './support/queues.ts';
import { oneService } from './support/service.ts';

const service = oneService();

// First, because others send imports dated in the future, and restore puts none back before its time.
describe('a table that lost everything', () => restored(service));
describe('the whole path', () => wholePath(service));
describe('two clients', () => isolation(service));
describe('uploads and erasures', () => uploads(service));
describe('changes', () => changes(service));
describe('webhooks', () => webhooks(service));
describe('files of banks', () => statements(service));
describe('segments', () => segments(service));
describe('a key for credit', () => purpose(service));
describe('requests', () => requests(service));
describe('messages that can never be processed', () => badMessages(service));
describe('commands of operators', () => operators(service));
describe('failures', () => failures(service));
describe('accounts in the bucket', () => accountsAt(service));
describe('rare paths', () => rarePaths(service));

describe('all at once', () => atOnce(service));
describe('afterwards', () => {
  test('nothing of all this ended in the dead-letter queue', async () => {
    const { ImportQueueUrl, DeadLetterQueueUrl } = service().outputs;
    expect(await depthOf(service(), DeadLetterQueueUrl)).toEqual({ visible: 0, hidden: 0 });
    expect(await depthOf(service(), ImportQueueUrl)).toEqual({ visible: 0, hidden: 0 });
  });
});
describe('a message of full size', () => badMessagesOfFullSize(service));
describe('rights of functions', () => grants(service, (grant) => !isOfCatalogues(grant)));
