import { fc, test as property } from '@fast-check/jest';
import { readOwnerInPath, readPathParameter } from '../../../functions/http/path.ts';
import { ownerExternalIdFault } from '../../../functions/http/query.ts';
import { stepsOf } from '../../../local/gateway/request.ts';
import { findRoute } from '../../../local/gateway/router.ts';
import { httpEvent } from '../support/http-event.ts';

const PATH = '/v1/catalogue/previews/{previewId}/owners/{ownerExternalId}';
const written = (ownerExternalId: string) => httpEvent({ path: PATH, parameters: { previewId: 'x', ownerExternalId } });

property.prop([fc.oneof(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'binary', minLength: 1 }))], {
  numRuns: 300,
})('an owner id comes out as it went in, or is refused by the law of owner ids', (id) => {
  fc.pre(id.isWellFormed());
  const fault = ownerExternalIdFault(id);
  if (fault) expect(() => readOwnerInPath(written(encodeURIComponent(id)))).toThrow(fault);
  else expect(readOwnerInPath(written(encodeURIComponent(id)))).toBe(id);
});

property.prop([fc.string({ unit: 'grapheme', minLength: 1 })])('also through the gateway on one machine', (id) => {
  const path = `/v1/catalogue/previews/x/owners/${encodeURIComponent(id)}`;
  const steps = stepsOf(path).map((sent) => ({ sent, text: decodeURIComponent(sent) }));
  const method = { functionName: 'f', timeoutMs: 1, authorizer: undefined };
  const match = findRoute([{ path: PATH, methods: new Map([['ANY', method]]) }], { method: 'GET', steps } as never);
  const event = { ...httpEvent({ path: PATH }), pathParameters: { ...match?.pathParameters } };
  expect(readPathParameter(event, 'ownerExternalId')).toBe(id);
});

test('a parameter that the gateway does not hand on is a fault of the wiring', () => {
  expect(() => readPathParameter(httpEvent({ path: PATH }), 'previewId')).toThrow('the gateway passed on no previewId');
});
