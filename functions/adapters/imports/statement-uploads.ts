/**
 * Large bank files that were asked for and may be on their way: an item each in the partition `<client>#uploads`, sorted by owner and
 * import (`<keyed hash>#<importId>`). The item says whose the file is and how to read it, because anybody may choose the name of an object;
 * an object without an item belongs to nobody. Once the file is read, the item keeps the report of it.
 */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { StatementReport } from '../../contracts/http/statements.ts';
import { UPLOAD_PREFIX } from '../../runtime/names.ts';
import { everyItem } from '../dynamodb/every-item.ts';
import { EXPIRES, expiry } from '../dynamodb/partition-values.ts';
import type { OwnerKey } from '../owners/owner-key.ts';

/** Where an upload is: in the table, and by its key in the bucket. */
export type UploadPlace = { readonly clientId: string; readonly hash: string; readonly importId: string };

export type StatementUpload = {
  readonly owner: OwnerKey;
  readonly importId: string;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
  readonly parameters: UploadParameters;
};
/** What the caller says of a file. */
export type UploadParameters = {
  readonly format?: string | undefined;
  readonly mapping?: string | undefined;
  readonly account?: string | undefined;
  readonly currency?: string | undefined;
  readonly encoding?: string | undefined;
  readonly wholeDays: boolean;
};
export type StatementUploads = ReturnType<typeof openStatementUploads>;

/** As long as its object is kept, and then as long as refused imports are. */
const WAITING_DAYS = 3;
const REPORT_DAYS = 14;

export function keyOfUpload({ clientId, hash, importId }: UploadPlace): string {
  return `${UPLOAD_PREFIX}${clientId}/${hash}/${importId}`;
}

/** Undefined for the key of any other object. */
export function placeOfUpload(key: string): UploadPlace | undefined {
  if (!key.startsWith(UPLOAD_PREFIX)) return undefined;
  const [clientId, hash, importId, ...more] = key.slice(UPLOAD_PREFIX.length).split('/');
  return clientId && hash && importId && more.length === 0 ? { clientId, hash, importId } : undefined;
}

const partition = (clientId: string) => ({ S: `${clientId}#uploads` });
const keyOf = ({ clientId, hash, importId }: UploadPlace) => ({
  pk: partition(clientId),
  sk: { S: `${hash}#${importId}` },
});

export function openStatementUploads(dynamo: DynamoDBClient, TableName: string) {
  const change = changing(dynamo, TableName);

  async function keep({ owner, importId, askedAt, parameters }: StatementUpload): Promise<void> {
    const Item = {
      ...keyOf({ ...owner, importId }),
      owner: { S: owner.externalId },
      askedAt: { N: String(askedAt) },
      parameters: { S: JSON.stringify(parameters) },
      ...expiry(askedAt, WAITING_DAYS),
    };
    await dynamo.send(new PutItemCommand({ TableName, Item }));
  }

  /** Counts an attempt at reading, so that one in which the process dies is known to the next. */
  async function begin(place: UploadPlace): Promise<{ upload: StatementUpload; attempts: number } | undefined> {
    const item = await change(place, 'ADD #attempts :one', { ':one': { N: '1' } });
    return item && { upload: uploadOf(place, item), attempts: Number(item['attempts']?.N) };
  }

  /** Takes back the attempt that was started: it failed for another reason than the file. */
  async function putBack(place: UploadPlace): Promise<void> {
    await change(place, 'ADD #attempts :less', { ':less': { N: '-1' } });
  }

  /** Keeps the report of a file that was read. @param now milliseconds since 1970 */
  async function finish(place: UploadPlace, report: StatementReport, now: number): Promise<void> {
    await change(place, `SET #report = :report, #${EXPIRES} = :until REMOVE #attempts`, {
      ':report': { S: JSON.stringify(report) },
      ':until': expiry(now, REPORT_DAYS)[EXPIRES],
    });
  }

  async function findReport(owner: OwnerKey, importId: string): Promise<StatementReport | undefined> {
    const { Item } = await dynamo.send(
      new GetItemCommand({ TableName, Key: keyOf({ ...owner, importId }), ConsistentRead: true }),
    );
    return Item?.['report']?.S === undefined ? undefined : (JSON.parse(Item['report'].S) as StatementReport);
  }

  /** False: it was gone already. */
  async function remove(place: UploadPlace): Promise<boolean> {
    const { Attributes } = await dynamo.send(
      new DeleteItemCommand({ TableName, Key: keyOf(place), ReturnValues: 'ALL_OLD' }),
    );
    return Attributes !== undefined;
  }

  /** All of an owner, those already read included. */
  async function* ofOwner({
    clientId,
    hash,
  }: OwnerKey): AsyncGenerator<UploadPlace & Pick<StatementUpload, 'askedAt'>> {
    const items = everyItem(dynamo, {
      TableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :owner)',
      ExpressionAttributeValues: { ':pk': partition(clientId), ':owner': { S: `${hash}#` } },
    });
    for await (const { sk, askedAt } of items) {
      yield { clientId, hash, importId: String(sk?.S).slice(hash.length + 1), askedAt: Number(askedAt?.N) };
    }
  }

  return { keep, begin, putBack, finish, findReport, remove, ofOwner };
}

/** Changes an item that is there. Undefined: there is none; it was never asked for, has expired or was erased. */
function changing(dynamo: DynamoDBClient, TableName: string) {
  return async (place: UploadPlace, UpdateExpression: string, values: Record<string, AttributeValue>) => {
    const command = new UpdateItemCommand({
      TableName,
      Key: keyOf(place),
      UpdateExpression,
      ConditionExpression: 'attribute_exists(pk)',
      // Some names of attributes are words of the language.
      ExpressionAttributeNames: Object.fromEntries(
        UpdateExpression.match(/#\w+/g)?.map((name) => [name, name.slice(1)]) ?? [],
      ),
      ExpressionAttributeValues: values,
      ReturnValues: 'ALL_NEW',
    });
    try {
      return (await dynamo.send(command)).Attributes;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  };
}

function uploadOf({ clientId, hash, importId }: UploadPlace, item: Record<string, AttributeValue>): StatementUpload {
  return {
    owner: { clientId, hash, externalId: String(item['owner']?.S) },
    importId,
    askedAt: Number(item['askedAt']?.N),
    parameters: JSON.parse(String(item['parameters']?.S)) as UploadParameters,
  };
}
