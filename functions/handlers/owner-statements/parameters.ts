import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { UploadParameters } from '../../adapters/imports/statement-uploads.ts';
import { invalidParameter, readOnce } from '../../http/query.ts';

const LONGEST_NUMBER = 64;

/** What the caller says of the file. An empty parameter counts as absent. */
export function readStatementParameters(event: APIGatewayProxyEvent): UploadParameters {
  const read = (name: string) => readOnce(event, name)?.trim() || undefined;
  const account = read('account');
  if (account !== undefined && account.length > LONGEST_NUMBER) {
    throw invalidParameter('account', `must have ${LONGEST_NUMBER} characters at most`);
  }
  const currency = read('currency')?.toUpperCase();
  if (currency !== undefined && !/^[A-Z]{3}$/.test(currency)) {
    throw invalidParameter('currency', 'must be a currency code such as EUR');
  }
  return {
    format: read('format'),
    mapping: read('mapping'),
    account,
    currency,
    encoding: read('encoding'),
    wholeDays: readFlag(event, 'wholeDays'),
  };
}

/** Whether the caller asks for a URL to put a large file. Absent, empty and `false` are the same. */
export const readLarge = (event: APIGatewayProxyEvent) => readFlag(event, 'large');

function readFlag(event: APIGatewayProxyEvent, name: string): boolean {
  const value = readOnce(event, name)?.trim() || 'false';
  if (value !== 'true' && value !== 'false') throw invalidParameter(name, 'must be `true` or `false`');
  return value === 'true';
}
