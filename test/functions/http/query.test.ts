import { fc, test as property } from '@fast-check/jest';
import type { Route } from '../../../functions/contracts/http/routes.ts';
import { ownerExternalId } from '../../../functions/contracts/import/import-message.ts';
import { dayOf, formatDay } from '../../../functions/domain/values/day.ts';
import type { CalledEvent } from '../../../functions/http/caller.ts';
import type { HttpProblem } from '../../../functions/http/problems.ts';
import {
  ownerExternalIdFault,
  readAsOf,
  readOwnerRequest,
  readProfile,
  refuseMisspelt,
} from '../../../functions/http/query.ts';
import { httpEvent } from '../support/http-event.ts';

const NOON = Date.UTC(2026, 10, 22, 12);
const asking = (query: Record<string, string[]> | null): CalledEvent => ({
  ...httpEvent({ query }),
  caller: { clientId: 'demo', keyId: 'k1', scopes: ['read'], settings: { enabledProfiles: [] } },
});
const problemOf = (read: () => unknown): Pick<HttpProblem, 'code' | 'errors' | 'message'> => {
  try {
    read();
  } catch (error) {
    const { code, errors, message } = error as HttpProblem;
    return { code, errors, message };
  }
  throw new Error('nothing was thrown');
};

describe('ownerExternalId', () => {
  const fault = (message: string) => ({
    code: 'INVALID_OWNER_EXTERNAL_ID',
    message: `\`ownerExternalId\` ${message}.`,
    errors: [{ path: 'ownerExternalId', message }],
  });

  test.each([
    ['missing', null, 'must be given'],
    ['of another case', { ownerexternalid: ['a'] }, 'must be given'],
    ['twice', { ownerExternalId: ['a', 'a'] }, 'must be given once'],
    ['without a value', { ownerExternalId: [null as unknown as string] }, 'must have 1 to 256 characters'],
    ['empty', { ownerExternalId: [''] }, 'must have 1 to 256 characters'],
    ['too long', { ownerExternalId: ['x'.repeat(257)] }, 'must have 1 to 256 characters'],
    ['with NUL', { ownerExternalId: ['a\0'] }, 'must not contain control characters'],
    ['with a line end', { ownerExternalId: ['a\nb'] }, 'must not contain control characters'],
    ['with a C1 control', { ownerExternalId: ['a\u0085'] }, 'must not contain control characters'],
    [
      'with half a character',
      { ownerExternalId: ['\ud83d'] },
      'must be well-formed Unicode (it contains a lone surrogate)',
    ],
  ])('%s is refused', (_, query, message) => {
    expect(problemOf(() => readOwnerRequest(asking(query), NOON))).toEqual(fault(message));
  });

  test.each(['a', ' ', '😀'.repeat(256), 'بنك', '+48 600', 'a%20b', '__proto__', "'; DROP TABLE owners"])(
    '%j is taken as it is',
    (id) => {
      expect(readOwnerRequest(asking({ ownerExternalId: [id], unknown: ['x'] }), NOON)).toEqual({
        clientId: 'demo',
        ownerExternalId: id,
        settings: { enabledProfiles: [] },
        asOf: dayOf(2026, 11, 22),
      });
    },
  );

  property.prop([
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 300 }),
    ),
  ])('is refused just when the import message refuses it', (id) => {
    expect(ownerExternalIdFault(id) === undefined).toBe(ownerExternalId.safeParse(id).success);
  });
});

describe('asOf', () => {
  test('is today in UTC when it is not given', () => {
    expect(readAsOf(asking({}), Date.UTC(2026, 10, 22, 23, 59, 59, 999))).toBe(dayOf(2026, 11, 22));
  });

  property.prop([fc.integer({ min: dayOf(0, 1, 1), max: dayOf(2026, 11, 22) })])(
    'may be any day up to today',
    (day) => {
      expect(readAsOf(asking({ asOf: [formatDay(day)] }), NOON)).toBe(day);
    },
  );

  const form = 'must be a day of the calendar, written YYYY-MM-DD';
  test.each([
    [[''], form],
    [['2026-02-29'], form],
    [['2026-11-22T00:00:00Z'], form],
    [['yesterday'], form],
    [['2026-11-23'], 'must not be in the future: today is 2026-11-22 in UTC'],
    [['2026-11-21', '2026-11-21'], 'must be given at most once'],
  ])('%j is refused', (asOf, message) => {
    expect(problemOf(() => readAsOf(asking({ asOf }), NOON))).toEqual({
      code: 'INVALID_PARAMETER',
      message: `\`asOf\` ${message}.`,
      errors: [{ path: 'asOf', message }],
    });
  });
});

describe('profile', () => {
  const CATALOGUE = [
    { id: 'traveller', enabled: true },
    { id: 'parent', enabled: true },
    { id: 'gambler', enabled: false },
  ];
  const read = (profile: string[]) => readProfile(asking({ profile }), CATALOGUE);

  test('is optional', () => expect(readProfile(asking(null), CATALOGUE)).toBeUndefined());
  test('may be one of the catalogue', () => expect(read(['parent'])).toBe('parent'));
  test.each([
    [['traveler'], '`profile` must be a profile of the catalogue: did you mean "traveller"?'],
    [['Parents'], '`profile` must be a profile of the catalogue: did you mean "parent"?'],
    [['gamblr'], '`profile` must be a profile of the catalogue; GET /v1/profiles lists them.'],
    [['x'.repeat(10_000)], '`profile` must be a profile of the catalogue; GET /v1/profiles lists them.'],
    [['gambler'], '`profile` must be turned on for this client: "gambler" is sensitive.'],
    [['__proto__'], '`profile` must be a profile of the catalogue; GET /v1/profiles lists them.'],
    [['parent', 'parent'], '`profile` must be given at most once.'],
  ])('%j is refused', (profile, message) => {
    expect(problemOf(() => read(profile))).toMatchObject({ code: 'INVALID_PARAMETER', message });
  });
});

describe('a parameter that is nearly a known one', () => {
  const history: Route = { method: 'GET', path: '/v1/owner-profiles/history', answeredBy: 'owner-history', scopes: [] };
  const refuse = (...names: string[]) =>
    refuseMisspelt(httpEvent({ query: Object.fromEntries(names.map((name) => [name, ['x']])) }), history);

  test.each(['owner_external_id', 'ownerexternalid', 'ownerExternalID', 'ownerExternId'])(
    '%s is no owner id',
    (name) => {
      expect(problemOf(() => refuse(name))).toMatchObject({
        code: 'INVALID_OWNER_EXTERNAL_ID',
        message: `\`ownerExternalId\` must be given: did you mean it by \`${name}\`?`,
      });
    },
  );

  test.each([
    ['FROM', 'from'],
    ['form', 'from'],
    ['To', 'to'],
  ])('%s is refused, and %s is named', (name, meant) => {
    expect(problemOf(() => refuse(name))).toEqual({
      code: 'INVALID_PARAMETER',
      message: `\`${name}\` must be a known parameter: did you mean "${meant}"?`,
      errors: [{ path: name, message: `must be a known parameter: did you mean "${meant}"?` }],
    });
  });

  test.each([['ts'], ['_'], ['t'], ['utm_source'], ['ownerExternalId', 'from', 'to'], ['x'.repeat(5000)]])(
    '%s is let pass',
    (...names) => {
      expect(() => refuse(...names)).not.toThrow();
    },
  );
});
