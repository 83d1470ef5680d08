import type { APIGatewayProxyEvent } from 'aws-lambda';
import { invalidParameter, readOnce } from '../../http/query.ts';
import type { StatementUpload } from '../../use-cases/imports/read-upload.ts';

type StatementParameters = Omit<StatementUpload, 'clientId' | 'ownerExternalId' | 'bytes'>;

const LONGEST_NUMBER = 64;

/** What the caller says of the file. An empty parameter counts as absent. */
export function readStatementParameters(event: APIGatewayProxyEvent): StatementParameters {
  const read = (name: string) => readOnce(event, name)?.trim() || undefined;
  const account = read('account');
  if (account !== undefined && account.length > LONGEST_NUMBER) {
    throw invalidParameter('account', `must have ${LONGEST_NUMBER} characters at most`);
  }
  const currency = read('currency')?.toUpperCase();
  if (currency !== undefined && !/^[A-Z]{3}$/.test(currency)) {
    throw invalidParameter('currency', 'must be a currency code such as EUR');
  }
  const wholeDays = read('wholeDays') ?? 'false';
  if (wholeDays !== 'true' && wholeDays !== 'false') throw invalidParameter('wholeDays', 'must be `true` or `false`');
  return {
    format: read('format'),
    mapping: read('mapping'),
    account,
    currency,
    encoding: read('encoding'),
    wholeDays: wholeDays === 'true',
  };
}
