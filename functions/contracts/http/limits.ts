/** Limits of the HTTP API, for the functions and for the OpenAPI document. */

/** Lambda takes 6 MB an event, and Base64 makes three bytes four: what is larger goes through the queue. */
export const MOST_BODY_BYTES = 4 * 1024 * 1024;

/** Bank data deflates to an eighth or a tenth; what inflates to more than this is no bank data. */
export const MOST_INFLATED_BYTES = 32 * 1024 * 1024;

/** A file of a bank when it is unpacked. What the worst of this size costs is measured (docs/how-to/operating.md, `npm run sizing`). */
export const MOST_STATEMENT_BYTES = 16 * 1024 * 1024;

/** A large file, as it is uploaded by a signed URL and when it is unpacked. */
export const MOST_LARGE_BYTES = 64 * 1024 * 1024;

/** How long a signed URL takes a large file. */
export const UPLOAD_URL_SECONDS = 15 * 60;

/** Owners on one page of those whose answer a preview changes. */
export const MOST_OWNERS_OF_A_PAGE = 1000;
export const OWNERS_OF_A_PAGE = 100;
/** Of files of a snapshot: a page of so many signed URLs is below two megabytes. S3 lists as many at once. */
export const MOST_FILES_OF_A_PAGE = 1000;

/** Features that a snapshot keeps, where they are named one by one. */
export const MOST_FEATURES = 60;

/** Merchants without a label that a snapshot lists. */
export const MOST_MERCHANTS = 1000;
export const MERCHANTS_OF_AN_ANSWER = 100;
export const MOST_SNAPSHOTS_OF_A_PAGE = 100;
export const SNAPSHOTS_OF_A_PAGE = 20;

/** Refused imports on one page. */
export const MOST_IMPORTS_OF_A_PAGE = 100;
export const IMPORTS_OF_A_PAGE = 50;

/** Characters of a place where a page ended. */
export const LONGEST_CURSOR = 512;

/** Characters of the reason that a publication is given. */
export const LONGEST_NOTE = 500;

/** Days of one answer of the history, and of one whose first day is not given. */
export const LONGEST_HISTORY = 1100;
export const DEFAULT_HISTORY = 365;

/** Owners of one batch of look-ups: as many as one request to the table reads. */
export const MOST_OWNERS_OF_A_BATCH = 100;

/** A hundred owner ids of 256 characters, each written as two JSON escapes, have a third of a megabyte. */
export const MOST_BATCH_BYTES = 512 * 1024;

/** Transactions on one page. */
export const MOST_TRANSACTIONS_OF_A_PAGE = 1000;
export const TRANSACTIONS_OF_A_PAGE = 100;

/** Characters of a place among transactions, which is sealed. */
export const LONGEST_SEALED_CURSOR = 4096;

/** Changes on one page. */
export const MOST_CHANGES_OF_A_PAGE = 1000;
export const CHANGES_OF_A_PAGE = 100;

/** Webhooks of a client, characters of an address, and attempts on one page. */
export const MOST_WEBHOOKS = 20;
export const LONGEST_URL = 2048;
export const MOST_DELIVERIES_OF_A_PAGE = 100;
export const DELIVERIES_OF_A_PAGE = 50;

/** Keys of a client that keys can make, revoked ones included, and addresses of one. */
export const MOST_KEYS = 200;
export const MOST_ADDRESSES = 50;

/** Failures that one look at a queue shows. */
export const MOST_FAILURES_OF_A_LOOK = 100;
export const FAILURES_OF_A_LOOK = 20;
/** Failures that one request to retry looks at. */
export const MOST_FAILURES_OF_A_RETRY = 1000;
