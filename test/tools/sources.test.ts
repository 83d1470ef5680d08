/** Results cached under the hash of their sources: built once, rebuilt when they change, never mixed up. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashOfSources } from '../../tools/sources/hash.ts';
import { keptText } from '../../tools/sources/kept.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'owner-profiles-sources-'));
  mkdirSync(join(root, 'words'));
  writeFileSync(join(root, 'words/en.txt'), 'pets');
  writeFileSync(join(root, 'lock'), '1');
});
afterEach(() => rmSync(root, { recursive: true }));

const hash = () => hashOfSources(root, ['words', 'lock', 'missing']);

test('the hash is that of names and contents, of folders and files', () => {
  const change = (edit: () => void) => {
    const before = hash();
    edit();
    return hash() !== before;
  };
  expect(change(() => {})).toBe(false);
  expect(change(() => writeFileSync(join(root, 'elsewhere'), '1'))).toBe(false);
  expect(change(() => writeFileSync(join(root, 'words/en.txt'), 'cats'))).toBe(true);
  expect(change(() => writeFileSync(join(root, 'words/de.txt'), ''))).toBe(true);
  expect(change(() => rmSync(join(root, 'words/de.txt')))).toBe(true);
  expect(change(() => writeFileSync(join(root, 'lock'), '2'))).toBe(true);
  expect(change(() => writeFileSync(join(root, 'missing'), ''))).toBe(true);
});

test('a text is made when its sources are new, and what was made of others is gone', () => {
  const home = join(root, 'kept/deep');
  let made = 0;
  const text = () => keptText(home, hash(), () => `made ${++made}`);
  expect([text(), text()]).toEqual(['made 1', 'made 1']);
  writeFileSync(join(root, 'words/en.txt'), 'cats');
  expect([text(), text()]).toEqual(['made 2', 'made 2']);
  expect(readdirSync(home)).toEqual([hash()]);
});

test('what cannot be made keeps nothing; what cannot be kept is made each time', () => {
  const home = join(root, 'kept');
  const fail = () => {
    throw new Error('a fault in words/en.txt');
  };
  expect(() => keptText(home, hash(), fail)).toThrow('a fault in words/en.txt');
  expect(keptText(home, hash(), () => 'good')).toBe('good');

  // A file is where the folder should be.
  let made = 0;
  const text = () => keptText(join(root, 'lock'), hash(), () => `made ${++made}`);
  expect([text(), text()]).toEqual(['made 1', 'made 2']);
});
