import type { ApiKey } from '../../adapters/clients/client-items.ts';
import { keyBody } from '../../contracts/http/keys.ts';
import { SCOPES } from '../../contracts/http/routes.ts';
import { parseWith } from '../../contracts/import/import-message.ts';
import { purposeOf } from '../../domain/catalogue/client-settings.ts';
import { readCheckedBody } from '../../http/body.ts';
import type { Caller } from '../../http/caller.ts';
import { httpRoutes, json, noContent } from '../../http/http-function.ts';
import { readId } from '../../http/path.ts';
import { USER_PREFIX } from '../../runtime/names.ts';
import type { Asking, Bounds, Keys } from '../../use-cases/clients/keys.ts';

/** The client's API keys. */
export function makeKeys({ list, create, revoke }: Keys) {
  return httpRoutes('keys', {
    'GET /v1/keys': async ({ caller }) => {
      const keys = await list(caller.clientId);
      const own = keys.find(({ keyId }) => keyId === caller.keyId) ?? boundsOf(caller);
      return json(200, { keys: keys.map((key) => viewOf(key, caller.keyId)), own: boundsView(own) });
    },
    'POST /v1/keys': async (event) => {
      const { clientId, keyId } = event.caller;
      const asked = await readCheckedBody(event, (value) => parseWith(keyBody, value));
      const { apiKey, ...key } = await create(clientId, asked, askingOf(event.caller));
      return json(201, { ...viewOf(key, keyId), apiKey });
    },
    'DELETE /v1/keys/{keyId}': async (event) => {
      await revoke(event.caller.clientId, readId(event, 'keyId'), askingOf(event.caller));
      return noContent();
    },
  });
}

function askingOf(caller: Caller): Asking {
  const { keyId } = caller;
  return keyId.startsWith(USER_PREFIX) ? { keyId, ofUser: boundsOf(caller) } : { keyId };
}

function boundsOf({ scopes, settings }: Caller): Bounds {
  const purpose = purposeOf(settings);
  return { scopes: SCOPES.filter((scope) => scopes.includes(scope)), addresses: [], ...(purpose && { purpose }) };
}

const boundsView = ({ scopes, addresses, purpose }: Bounds) => ({ scopes, addresses, purpose: purpose ?? null });

function viewOf({ keyId, createdAt, createdBy, revokedAt, ...bounds }: ApiKey, caller: string) {
  return {
    ...{ keyId, ...boundsView(bounds), createdAt, current: keyId === caller },
    ...{ createdBy: createdBy ?? null, revokedAt: revokedAt ?? null },
  };
}
