/**
 * Names that the stack and the functions must agree on. Both import them from here, so that they cannot drift apart.
 */

/** Environment variables of the functions. */
export const ENV = {
  table: 'TABLE_NAME',
  importQueue: 'IMPORT_QUEUE_URL',
  parkedQueue: 'PARKED_QUEUE_URL',
  payloadBucket: 'PAYLOAD_BUCKET_NAME',
  /** ARN or name of the secret whose value is the key of every keyed hash (owner ids, API keys). */
  hashKeySecret: 'HASH_KEY_SECRET_ID',
  /** How many months a ledger page is kept after the month it holds. */
  retentionMonths: 'RETENTION_MONTHS',
  /** ARN of the state machine that visits a client's owners: previews, replays and snapshots. */
  stateMachine: 'STATE_MACHINE_ARN',
  /** Where the slices of its runs leave what they found. */
  resultsBucket: 'RESULTS_BUCKET_NAME',
  /** Where snapshots are kept: lists of owners and tables for other programs. */
  snapshotsBucket: 'SNAPSHOTS_BUCKET_NAME',
  /** How long the gateway caches the authorizer's verdict on a caller, and with it the caller's catalogue. */
  callerCacheSeconds: 'CALLER_CACHE_SECONDS',
  /** One slice of a run visits at most this many owners a second. */
  ownersPerSecond: 'OWNERS_PER_SECOND',
  /** About this many owners make a slice of a run, and this many where only their answers are read. */
  ownersPerSlice: 'OWNERS_PER_SLICE',
  answersPerSlice: 'ANSWERS_PER_SLICE',
  /** Where files wait that were uploaded by a signed URL. */
  uploadQueue: 'UPLOAD_QUEUE_URL',
  /** Where messages of a queue are that failed at every receive. */
  importDeadLetters: 'IMPORT_DEAD_LETTERS_URL',
  uploadDeadLetters: 'UPLOAD_DEAD_LETTERS_URL',
  changeDeadLetters: 'CHANGE_DEAD_LETTERS_URL',
  erasureDeadLetters: 'ERASURE_DEAD_LETTERS_URL',
  webhookDeadLetters: 'WEBHOOK_DEAD_LETTERS_URL',
  /** The queue of looks whether an owner has changes to publish. */
  changeQueue: 'CHANGE_QUEUE_URL',
  /** Where erasures wait that may not be finished. */
  erasureQueue: 'ERASURE_QUEUE_URL',
  /** Where deliveries of webhooks wait. */
  webhookQueue: 'WEBHOOK_QUEUE_URL',
  /** ARN or name of the secret under which the secrets of webhooks are sealed. */
  webhookKeySecret: 'WEBHOOK_KEY_SECRET_ID',
  eventBus: 'EVENT_BUS_NAME',
  stage: 'STAGE',
} as const;

/** Names of metrics (Powertools embedded metric format). Their namespace is the stack's name: POWERTOOLS_METRICS_NAMESPACE. */
export const METRICS = {
  /** Every message once, by `source` and `outcome`. */
  imports: 'Imports',
  importsJoined: 'ImportsJoined',
  importsParked: 'ImportsParked',
  importsRetried: 'ImportsRetried',
  /** From the publisher's `importedAt` to the answer: how old the news was. A replay of old imports makes it grow. */
  importAge: 'ImportAge',
  /** From the moment the queue took the message, retries included, to the answer that knows it: how long we took. */
  importToAnswer: 'ImportToAnswer',
  /** Reading, joining, deriving and writing one owner in the import worker. */
  joinTime: 'JoinTime',
  /** A look-up that found no answer at hand: reading the pages, deriving, writing the answer back. */
  derivationTime: 'DerivationTime',
  /** Owners that got or lost a profile by an import, by `profile`. One that ends because time passes is not counted. */
  profilesEntered: 'ProfilesEntered',
  profilesLeft: 'ProfilesLeft',
  answerConflicts: 'AnswerConflicts',
  ibanCheckDigitsWrong: 'IbanCheckDigitsWrong',
  /** Names of fields in imports that are ignored, though they are nearly those of known ones (`cover` for `covers`). */
  namesMisspelt: 'NamesMisspelt',
  lookUpsFresh: 'LookUpsFresh',
  lookUpsDerived: 'LookUpsDerived',
  uploadsQueued: 'UploadsQueued',
  /** Large files that were uploaded by a signed URL, by `outcome`. */
  uploadsRead: 'UploadsRead',
  ownersErased: 'OwnersErased',
  /** Changes that came into the feed, by `cause`. */
  changesPublished: 'ChangesPublished',
  /** Attempts to deliver an event to a webhook, by `outcome`. */
  deliveries: 'Deliveries',
  webhooksSwitchedOff: 'WebhooksSwitchedOff',
} as const;

/** Dimensions of a metric besides `service`. Each value is a metric of its own to CloudWatch, and is paid for: none may be unbounded. */
export const DIMENSIONS = { source: 'source', outcome: 'outcome', profile: 'profile', cause: 'cause' } as const;

/** Events of the bus: who says them, and their detail type. */
export const EVENT_SOURCE = 'owner-profiles';
export const CHANGED_EVENT = 'owner-profiles.changed';

/** Set where the console is served from an origin of its own: that origin. */
export const CONSOLE_ORIGIN = 'CONSOLE_ORIGIN';

/** Set where the stage has plans of requests: the key, and so the limit, that clients without a key of their own share. */
export const SHARED_USAGE_KEY = 'SHARED_USAGE_KEY';
/**
 * The stage's plans with what they allow, `standard=100:200:600,…`, the default first: the key of a client in a plan that was removed is
 * not used.
 */
export const USAGE_PLANS = 'USAGE_PLANS';

/** Set where people may sign in to the console: the user pool of Amazon Cognito, and the console's client in it. */
export const USER_POOL_ID = 'USER_POOL_ID';
export const USER_POOL_CLIENT_ID = 'USER_POOL_CLIENT_ID';
/** As the AWS SDK names it: where the keys of user pools are instead of AWS, on one machine. */
export const USER_POOL_ENDPOINT = 'AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER';

/** Of a person who signed in, in place of the id of a key. No key's id has a colon. */
export const USER_PREFIX = 'user:';

/** Why an import is parked that its sender may not send. Sent back by operators, it would have another sender. */
export const SENDER_NOT_ALLOWED = 'SENDER_NOT_ALLOWED';

/** Set on one machine alone: there webhooks may lead to it. */
export const ON_ONE_MACHINE = 'ON_ONE_MACHINE';

/** `source` of an import that could not be read so far. */
export const UNKNOWN_SOURCE = 'UNKNOWN';

/** A message that was received so often and failed goes to the dead-letter queue: such a failure does not resolve itself. */
export const MOST_RECEIVES = 5;

/** Objects under this prefix of the payload bucket hold the accounts of large imports. */
export const PAYLOAD_PREFIX = 'imports/';

/** Objects under this one are files of banks that clients put there by a signed URL, and that wait to be read. */
export const UPLOAD_PREFIX = 'uploads/';

/** Attributes of a message on the parked queue. */
export const PARKED_ATTRIBUTES = {
  reason: 'reason',
  detail: 'detail',
  /** The id by which publisher and worker know the message: the copy on the parked queue has another. */
  messageId: 'messageId',
  bodyEncoding: 'bodyEncoding',
} as const;

/** Value of `bodyEncoding` where the unchanged body was too large beside the attributes; absent otherwise. */
export const GZIP_BASE64 = 'gzip+base64';

/** Attribute names of the table's key and of its time-to-live (seconds since 1970). */
export const TABLE_KEYS = { partition: 'pk', sort: 'sk', expires: 'ttl' } as const;

/**
 * The sparse index that lists a client's owners: only answers have its partition attribute, `<clientId>#<shard>`. Sorted by the table's own
 * partition key, that is by the owners' hashes.
 */
export const OWNERS_INDEX = { name: 'owners', partition: 'listedIn', owner: 'owner' } as const;

/** Forms of the partition key. IAM can distinguish them, so a function reaches only the kinds of items it is for. */
export const ITEM_KEYS = {
  /** `<clientId>#owner#<keyed hash>`: everything about one owner. */
  owner: '*#owner#*',
  /** `<clientId>#client`: a client's settings. */
  client: '*#client',
  /** `#clients`: which clients there are. */
  clients: '#clients',
  /** `<clientId>#catalogue`: what a client changes in the catalogue, and its previews and publications. */
  catalogue: '*#catalogue',
  /** `<clientId>#snapshots`: the snapshots of a client, and who was erased while one was under way. */
  snapshots: '*#snapshots',
  /** `<clientId>#refused`: the refused imports of a client. */
  refused: '*#refused',
  /** `<clientId>#uploads`: large files that were asked for, and reports of those that were read. */
  uploads: '*#uploads',
  /** `<clientId>#changes`: the feed of a client's changes. */
  changes: '*#changes',
  /** `<clientId>#webhooks`: a client's webhooks and their deliveries. */
  webhooks: '*#webhooks',
  /** `#key#<keyed hash>`: an API key. */
  apiKey: '#key#*',
  /** `#operators`: the keys of operators. */
  operators: '#operators',
} as const;
