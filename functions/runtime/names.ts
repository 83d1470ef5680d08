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
  stage: 'STAGE',
} as const;

/** CloudWatch namespace and metric names (Powertools embedded metric format). */
export const METRICS = {
  namespace: 'OwnerProfiles',
  importsJoined: 'ImportsJoined',
  importsParked: 'ImportsParked',
  importsRetried: 'ImportsRetried',
  importAge: 'ImportAge',
  answerConflicts: 'AnswerConflicts',
  ibanCheckDigitsWrong: 'IbanCheckDigitsWrong',
  lookUpsFresh: 'LookUpsFresh',
  lookUpsDerived: 'LookUpsDerived',
  uploadsQueued: 'UploadsQueued',
  ownersErased: 'OwnersErased',
} as const;

/** Objects under this prefix of the payload bucket hold the accounts of large imports. */
export const PAYLOAD_PREFIX = 'imports/';

/** Attributes of a message on the parked queue. */
export const PARKED_ATTRIBUTES = { reason: 'reason', detail: 'detail' } as const;

/** Attribute names of the table's key and of its time-to-live (seconds since 1970). */
export const TABLE_KEYS = { partition: 'pk', sort: 'sk', expires: 'ttl' } as const;
