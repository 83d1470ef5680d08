/** What the OpenAPI document says of keys. */
import type { RouteName } from '../http/routes.ts';
import type { Operation } from './operation.ts';
import { refTo } from './schemas.ts';

const tags = ['keys'];

export const KEY_OPERATIONS: Readonly<Record<RouteName<'keys'>, Operation>> = {
  'GET /v1/keys': {
    operationId: 'listKeys',
    summary: 'The API keys of the client',
    description: 'Revoked ones too, oldest first, and what the caller may give to a new one. Never their text.',
    tags,
    successes: [{ status: 200, description: 'The keys', schema: 'Keys' }],
    problems: [],
  },
  'POST /v1/keys': {
    operationId: 'createKey',
    summary: 'Makes a key',
    description: 'With no right that the key of the request lacks. The key itself is shown in this answer alone.',
    tags,
    body: {
      description: 'What it may do. An unknown field is refused',
      content: {
        'application/json': { schema: refTo('KeyBody'), examples: { key: { value: { scopes: ['read'] } } } },
      },
    },
    successes: [{ status: 201, description: 'The key', schema: 'KeyCreated' }],
    problems: ['INVALID_PAYLOAD', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'TOO_MANY_KEYS'],
  },
  'DELETE /v1/keys/{keyId}': {
    operationId: 'revokeKey',
    summary: 'Revokes a key',
    description: [
      'Any key of the client, the one of the request too; a second time changes nothing. It is refused once cached verdicts have run out,',
      'after a minute at most. The last key with the scope `keys` is not revoked.',
    ].join(' '),
    tags,
    successes: [{ status: 204, description: 'It is revoked' }],
    problems: ['KEY_NOT_FOUND', 'INVALID_PARAMETER', 'LAST_KEY'],
  },
};
