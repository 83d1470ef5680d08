/** What functions are made of and may be bound to. */
import type { FunctionName } from './bundle.ts';
import type { ChangeQueue } from './change-queue.ts';
import type { ErasureQueue } from './erasure-queue.ts';
import type { HashKey } from './hash-key.ts';
import type { ImportQueue } from './import-queue.ts';
import type { LedgerTable, TableAccess } from './ledger-table.ts';
import type { PayloadBucket } from './payload-bucket.ts';
import type { ResultsBucket } from './results-bucket.ts';
import type { SnapshotsBucket } from './snapshots-bucket.ts';
import type { StageSettings } from './stages.ts';
import type { StatementUploads } from './statement-uploads.ts';
import type { Webhooks } from './webhooks.ts';

export type Backing = {
  readonly settings: StageSettings;
  readonly folderOf: (name: FunctionName) => string;
  readonly queue: ImportQueue;
  readonly changes: ChangeQueue;
  readonly erasures: ErasureQueue;
  readonly webhooks: Webhooks;
  readonly table: LedgerTable;
  readonly payloads: PayloadBucket;
  readonly uploads: StatementUploads;
  readonly results: ResultsBucket;
  readonly snapshots: SnapshotsBucket;
  readonly hashKey: HashKey;
};
/**
 * Single items, runs of ledger pages, and the parts of a page too large for one item. No clients: what a client has chosen
 * comes with the request, from the authorizer.
 */
export const READS_OWNERS: TableAccess = { actions: ['GetItem', 'BatchGetItem', 'Query'], items: ['owner'] };
