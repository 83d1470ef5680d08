import type { ApiKey } from '../../adapters/clients/client-items.ts';
import { keyBody } from '../../contracts/http/keys.ts';
import { parseWith } from '../../contracts/import/import-message.ts';
import { readCheckedBody } from '../../http/body.ts';
import { httpRoutes, json, noContent } from '../../http/http-function.ts';
import { readId } from '../../http/path.ts';
import type { Keys } from '../../use-cases/clients/keys.ts';

/** The client's API keys. */
export function makeKeys({ list, create, revoke }: Keys) {
  return httpRoutes('keys', {
    'GET /v1/keys': async ({ caller }) => {
      const keys = await list(caller.clientId);
      return json(200, { keys: keys.map((key) => viewOf(key, caller.keyId)) });
    },
    'POST /v1/keys': async (event) => {
      const { clientId, keyId } = event.caller;
      const asked = await readCheckedBody(event, (value) => parseWith(keyBody, value));
      const { apiKey, ...key } = await create(clientId, asked, keyId);
      return json(201, { ...viewOf(key, keyId), apiKey });
    },
    'DELETE /v1/keys/{keyId}': async (event) => {
      await revoke(event.caller.clientId, readId(event, 'keyId'), event.caller.keyId);
      return noContent();
    },
  });
}

function viewOf({ keyId, scopes, addresses, purpose, createdAt, createdBy, revokedAt }: ApiKey, caller: string) {
  return {
    ...{ keyId, scopes, addresses, createdAt, current: keyId === caller },
    ...{ purpose: purpose ?? null, createdBy: createdBy ?? null, revokedAt: revokedAt ?? null },
  };
}
