import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { RouteFunction } from '../functions/contracts/http/routes.ts';
import { CONSOLE_ORIGIN, ENV } from '../functions/runtime/names.ts';
import { raiseAlarm } from './alarm.ts';
import { type Backing, READS_OWNERS } from './backing.ts';
import type { FunctionName } from './bundle.ts';
import type { TableAccess } from './ledger-table.ts';
import type { ProfileRuns } from './profile-runs.ts';
import { functionMetrics, type ServiceFunction, serviceFunction } from './service-function.ts';

type ApiBacking = Backing & { readonly runs: ProfileRuns };

/** What a client changes in the catalogue; which version of it holds comes with the request or with the client. */
export const READS_AMENDMENTS: TableAccess = { actions: ['GetItem'], items: ['catalogue'] };

/** Asked by hand, and seldom: a tenth of their requests shows nothing within minutes. So they need no alias, for which a stack has no room. */
const SELDOM: readonly RouteFunction[] = [
  'profiles',
  'snapshots',
  'webhooks',
  'keys',
  'failures',
  'catalogue',
  'catalogue-draft',
  'catalogue-previews',
  'catalogue-publications',
  'openapi',
];

/** The functions behind the API, each with what it may do and no more. */
export class ApiFunctions extends Construct {
  readonly answering: Readonly<Record<RouteFunction, ServiceFunction>>;
  readonly authorizer: ServiceFunction;

  constructor(scope: Construct, id: string, backing: ApiBacking) {
    super(scope, id);
    this.answering = {
      'owner-profiles': this.ownerProfiles(backing),
      'owner-explanation': this.ownerReader(backing, 'owner-explanation', 'Explains why profiles apply, or do not'),
      'owner-features': this.ownerReader(backing, 'owner-features', 'Answers the numbers that definitions read'),
      'owner-history': this.ownerReader(backing, 'owner-history', 'Answers which profiles applied on which days'),
      'owner-transactions': this.ownerReader(backing, 'owner-transactions', 'Lists transactions with their labels'),
      profiles: this.profiles(backing),
      'owner-upload': this.importSender(backing, 'owner-upload', 'Queues an import that a client uploads'),
      'owner-statements': this.ownerStatements(backing),
      'owner-erasure': this.ownerErasure(backing),
      imports: this.imports(backing),
      snapshots: this.snapshots(backing),
      changes: this.changes(backing),
      webhooks: this.webhooks(backing),
      keys: this.keys(backing),
      failures: this.failures(backing),
      catalogue: this.catalogue(backing),
      'catalogue-draft': this.catalogueDraft(backing),
      'catalogue-previews': this.cataloguePreviews(backing),
      'catalogue-publications': this.cataloguePublications(backing),
      openapi: this.light(backing, 'openapi', 'Answers the OpenAPI document'),
    };
    this.authorizer = this.keyAuthorizer(backing);
    const { console: page } = backing.settings;
    if (page) for (const fn of Object.values(this.answering)) fn.addEnvironment(CONSOLE_ORIGIN, `https://${page.name}`);
  }

  /** Those that requests move to a new version of little by little. */
  get shifted(): readonly ServiceFunction[] {
    const often = (Object.keys(this.answering) as RouteFunction[]).filter((name) => !SELDOM.includes(name));
    return [this.authorizer, ...often.map((name) => this.answering[name])];
  }

  /** As routes call it: by its alias, if it has one. */
  called(name: RouteFunction): IFunction {
    const fn = this.answering[name];
    return SELDOM.includes(name) ? (fn as IFunction) : fn.live;
  }

  private ownerProfiles(backing: Backing): ServiceFunction {
    const fn = this.capable(backing, 'owner-profiles', 'Answers which profiles apply to an owner');
    // A newly derived answer is written back, for the next look-up.
    backing.table.bind(fn, READS_OWNERS, { actions: ['PutItem'], items: ['owner'] }, READS_AMENDMENTS);
    backing.changes.bindAnnouncer(fn);
    backing.hashKey.bind(fn);
    raiseAlarm(fn, 'ErrorsAlarm', {
      settings: backing.settings,
      anchor: 'look-ups-failing',
      says: 'The function of the look-ups itself fails: crash, timeout or wrong configuration.',
      metric: functionMetrics(fn).errors,
      atLeast: backing.settings.alarms.lookUpErrors,
      rollsBack: true,
    });
    return fn;
  }

  private ownerReader(backing: Backing, name: RouteFunction, description: string): ServiceFunction {
    const fn = this.capable(backing, name, description);
    backing.table.bind(fn, READS_OWNERS, READS_AMENDMENTS);
    backing.hashKey.bind(fn);
    return fn;
  }

  private profiles(backing: Backing): ServiceFunction {
    const fn = this.capable(backing, 'profiles', 'Answers the active catalogue of a client');
    backing.table.bind(fn, READS_AMENDMENTS);
    return fn;
  }

  private importSender(backing: Backing, name: RouteFunction, description: string): ServiceFunction {
    const fn = this.capable(backing, name, description);
    backing.queue.bindSender(fn);
    backing.payloads.bindWriter(fn);
    return fn;
  }

  private ownerStatements(backing: Backing): ServiceFunction {
    const fn = this.importSender(backing, 'owner-statements', "Reads a bank's file and queues what it holds");
    backing.table.bind(fn, { actions: ['PutItem'], items: ['uploads'] });
    backing.payloads.bindSigner(fn);
    backing.hashKey.bind(fn);
    return fn;
  }

  private ownerErasure(backing: Backing): ServiceFunction {
    const fn = this.capable(backing, 'owner-erasure', 'Erases everything about an owner');
    backing.table.bind(
      fn,
      READS_OWNERS,
      { actions: ['PutItem', 'DeleteItem'], items: ['owner'] },
      { actions: ['DeleteItem'], items: ['refused'] },
      { actions: ['Query', 'PutItem'], items: ['snapshots', 'changes'] },
      { actions: ['Query', 'DeleteItem'], items: ['uploads'] },
    );
    backing.snapshots.bindWriter(fn);
    backing.payloads.bindUploadRemover(fn);
    backing.changes.bindAnnouncer(fn);
    backing.erasures.bindEraser(fn);
    backing.hashKey.bind(fn);
    return fn;
  }

  private snapshots(backing: ApiBacking): ServiceFunction {
    const fn = this.capable(
      backing,
      'snapshots',
      "Takes snapshots of all owners' profiles, and answers what is asked of them",
    );
    backing.table.bind(
      fn,
      { actions: ['GetItem', 'Query', 'PutItem'], items: ['snapshots'] },
      { actions: ['GetItem'], items: ['client'] },
      READS_AMENDMENTS,
    );
    backing.table.bindOwnersIndex(fn);
    backing.snapshots.bindReader(fn);
    backing.runs.bindStarter(fn);
    backing.runs.bindStopper(fn);
    backing.runs.tellAnswersPerSlice(fn);
    return fn;
  }

  private imports(backing: Backing): ServiceFunction {
    const fn = this.capable(backing, 'imports', 'Answers what became of imports');
    backing.table.bind(
      fn,
      { actions: ['GetItem', 'DeleteItem'], items: ['owner'] },
      { actions: ['Query', 'DeleteItem'], items: ['refused'] },
      { actions: ['GetItem'], items: ['uploads'] },
    );
    backing.hashKey.bind(fn);
    return fn;
  }

  private changes(backing: Backing): ServiceFunction {
    const fn = this.light(backing, 'changes', "Answers how the lists of a client's owners changed");
    backing.table.bind(fn, { actions: ['GetItem', 'Query'], items: ['changes'] });
    return fn;
  }

  private webhooks(backing: Backing): ServiceFunction {
    const fn = this.light(backing, 'webhooks', 'Manages webhooks of clients');
    backing.table.bind(fn, { actions: ['GetItem', 'Query', 'PutItem', 'DeleteItem'], items: ['webhooks'] });
    backing.webhooks.bindSender(fn);
    backing.webhooks.bindSealing(fn);
    return fn;
  }

  private keys(backing: Backing): ServiceFunction {
    const fn = this.light(backing, 'keys', 'Makes, lists and revokes API keys of clients');
    backing.table.bind(
      fn,
      { actions: ['GetItem', 'Query'], items: ['client'] },
      // The entry that a key is found by, and no setting of the client.
      { actions: ['PutItem'], items: ['client'], attributes: ['hash'] },
      { actions: ['GetItem', 'PutItem'], items: ['apiKey'] },
      { actions: ['UpdateItem'], items: ['apiKey'], attributes: ['revokedAt'] },
    );
    backing.hashKey.bind(fn);
    return fn;
  }

  private failures(backing: Backing): ServiceFunction {
    const fn = this.light(backing, 'failures', 'Shows operators what failed, and sends it back');
    const { queue, uploads, changes, erasures, webhooks } = backing;
    for (const each of [queue, uploads, changes, erasures, webhooks]) each.bindFailures(fn);
    return fn;
  }

  private catalogue(backing: Backing): ServiceFunction {
    const fn = this.capable(backing, 'catalogue', "Answers a client's own catalogue and its versions");
    backing.table.bind(fn, { actions: ['GetItem', 'Query'], items: ['catalogue'] });
    return fn;
  }

  private catalogueDraft(backing: Backing): ServiceFunction {
    const fn = this.capable(
      backing,
      'catalogue-draft',
      "Takes the changes that a client makes in its catalogue's draft",
    );
    backing.table.bind(fn, { actions: ['GetItem', 'Query', 'PutItem'], items: ['catalogue'] });
    return fn;
  }

  private cataloguePreviews(backing: ApiBacking): ServiceFunction {
    const fn = this.capable(backing, 'catalogue-previews', 'Reports which owners a draft would change');
    backing.table.bind(
      fn,
      { actions: ['GetItem', 'Query', 'PutItem'], items: ['catalogue'] },
      { actions: ['GetItem'], items: ['client'] },
      READS_OWNERS,
    );
    backing.table.bindOwnersIndex(fn);
    backing.results.bindReader(fn);
    backing.runs.bindStarter(fn);
    backing.runs.bindStopper(fn);
    backing.hashKey.bind(fn);
    return fn;
  }

  private cataloguePublications(backing: ApiBacking): ServiceFunction {
    const fn = this.capable(backing, 'catalogue-publications', "Publishes a version of a client's catalogue");
    backing.table.bind(
      fn,
      { actions: ['GetItem', 'Query', 'PutItem', 'DeleteItem'], items: ['catalogue'] },
      { actions: ['GetItem'], items: ['client'] },
      { actions: ['UpdateItem'], items: ['client'], attributes: ['amendment'] },
    );
    backing.table.bindOwnersIndex(fn);
    backing.results.bindLister(fn);
    backing.runs.bindStarter(fn);
    fn.addEnvironment(ENV.callerCacheSeconds, String(backing.settings.api.authorizerCacheSeconds));
    return fn;
  }

  private keyAuthorizer(backing: Backing): ServiceFunction {
    const fn = this.light(backing, 'authorizer', 'Identifies the client, or an operator, by the API key');
    backing.table.bind(fn, { actions: ['GetItem'], items: ['apiKey', 'client', 'operators'] });
    backing.hashKey.bind(fn);
    raiseAlarm(fn, 'ErrorsAlarm', {
      settings: backing.settings,
      anchor: 'authorizer-failing',
      says: 'The authorizer fails: clients get 500 with any key.',
      metric: functionMetrics(fn).errors,
      atLeast: backing.settings.alarms.authorizerErrors,
      rollsBack: true,
    });
    return fn;
  }

  private capable(backing: Backing, name: FunctionName, description: string): ServiceFunction {
    return this.function(backing, name, description, backing.settings.functions.memoryMb);
  }

  private light(backing: Backing, name: FunctionName, description: string): ServiceFunction {
    return this.function(backing, name, description, backing.settings.functions.lightMemoryMb);
  }

  private function(backing: Backing, name: FunctionName, description: string, memoryMb: number): ServiceFunction {
    const { settings, folderOf } = backing;
    const { timeoutSeconds } = settings.functions;
    return serviceFunction(this, { settings, folderOf, name, description, memoryMb, timeoutSeconds });
  }
}
