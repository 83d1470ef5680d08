import { fc, test } from '@fast-check/jest';
import { expect } from '@jest/globals';
import { hashKeyOf } from '../../../functions/adapters/hash-key.ts';
import { openSealedCursors } from '../../../functions/adapters/sealed-cursor.ts';

const { hashOf } = hashKeyOf(JSON.stringify({ ownerKey: 'a'.repeat(32), apiKeys: ['b'.repeat(32)] }));
const cursors = openSealedCursors(hashOf);
const nonceOf = (text: string) => Buffer.from(text, 'base64url').subarray(0, 12).toString('hex');

test.prop([fc.jsonValue(), fc.string(), fc.jsonValue(), fc.string()])(
  'a cursor opens for its owner alone, is the same for the same place, and shares its nonce with no other',
  (value, owner, otherValue, other) => {
    const sealed = cursors.seal(value, owner);
    expect(cursors.open(sealed, owner)).toEqual(JSON.parse(JSON.stringify(value)));
    expect(cursors.seal(value, owner)).toBe(sealed);
    if (owner !== other) expect(cursors.open(sealed, other)).toBeUndefined();
    const isSame = owner === other && JSON.stringify(value) === JSON.stringify(otherValue);
    expect(nonceOf(cursors.seal(otherValue, other)) === nonceOf(sealed)).toBe(isSame);
  },
);
