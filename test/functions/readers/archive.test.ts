import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { unpacked } from '../../../functions/readers/archive.ts';
import { readAll } from '../../../functions/readers/reader.ts';
import { NOW } from './read-plainly.ts';
import { zip } from './zip.ts';

const names = (bytes: Uint8Array, name?: string) =>
  unpacked(bytes, name).map((file) => [file.name, Buffer.from(file.bytes).toString()]);

describe('archives are unpacked', () => {
  test('files and folders, stored and deflated, without those of systems', () => {
    const archive = zip(
      { path: 'june.sta', content: 'one' },
      { path: 'more/', content: '' },
      { path: 'more/july.sta', content: 'two', stored: true },
      { path: '__MACOSX/._june.sta', content: 'x' },
      { path: 'more/.DS_Store', content: 'x' },
    );
    expect(names(archive, 'a.zip')).toEqual([
      ['a.zip/june.sta', 'one'],
      ['a.zip/more/july.sta', 'two'],
    ]);
  });

  test('gzip, an archive in an archive, and a file that is none', () => {
    expect(names(gzipSync('one'), 'june.sta.gz')).toEqual([['june.sta', 'one']]);
    expect(names(zip({ path: 'inner.zip', content: zip({ path: 'june.sta', content: 'one' }) }), 'a.zip')).toEqual([
      ['a.zip/inner.zip/june.sta', 'one'],
    ]);
    expect(names(zip({ path: 'june.sta.gz', content: gzipSync('one') }))).toEqual([['june.sta', 'one']]);
    expect(names(Buffer.from('plain'), 'x')).toEqual([['x', 'plain']]);
  });

  test('a workbook stays whole', () => {
    const workbook = zip(
      { path: 'xl/workbook.xml', content: '<x/>' },
      { path: 'xl/worksheets/sheet1.xml', content: '<x/>' },
    );
    expect(unpacked(workbook, 'a.xlsx')).toEqual([{ name: 'a.xlsx', bytes: workbook }]);
  });

  test('an archive that Python made, with a comment behind it', () => {
    const archive =
      'UEsDBBQAAAAIAABg3lznkEeXCQAAACwBAAAIAAAAanVuZS5zdGHLz0vNH0XEIQBQSwECFAMUAAAACAAAYN5c55BHlwkAAAAsAQAA' +
      'CAAAAAAAAAAAAAAAgAEAAAAAanVuZS5zdGFQSwUGAAAAAAEAAQA2AAAALwAAAAwAbWFkZSBieSBoYW5k';
    expect(names(Buffer.from(archive, 'base64'))).toEqual([['june.sta', 'one'.repeat(100)]]);
  });
});

describe('archives are refused', () => {
  const file = { path: 'a', content: 'abc' };
  test.each([
    [
      'three deep',
      zip({ path: 'b', content: zip({ path: 'c', content: zip(file) }) }),
      'is an archive in an archive in an archive',
    ],
    ['encrypted', zip({ ...file, flags: 1 }), 'contains an encrypted file (a); unpack it first'],
    ['by another method', zip({ ...file, method: 12 }), 'packs a by a method other than deflate'],
    ['with a wrong sum', zip({ ...file, crc: 1 }), 'is a broken archive'],
    ['cut off', zip(file).subarray(0, 40), 'is a broken archive'],
    [
      'cut in its directory',
      Buffer.concat([zip(file).subarray(0, 20), zip(file).subarray(-22)]),
      'is a broken archive',
    ],
    [
      'with too many files',
      zip(...Array.from({ length: 1001 }, (_, index) => ({ path: String(index), content: '' }))),
      'contains more than 1000 files',
    ],
    [
      'that unpacks to too much',
      zip({ path: 'bomb', content: Buffer.alloc(8 * 1024 * 1024) }),
      'unpacks to more than 250 times its size',
    ],
    [
      'gzip that unpacks to too much',
      gzipSync(Buffer.alloc(8 * 1024 * 1024)),
      'unpacks to more than 250 times its size',
    ],
    ['gzip that is cut off', gzipSync('abc').subarray(0, 15), 'is a broken archive'],
  ])('%s', (_, bytes, message) => {
    expect(() => unpacked(bytes)).toThrow(message);
  });
});

test('statements of all files are read, and files that no reader accepts are named', () => {
  const qif = (day: string) => `!Type:Bank\nD${day}\nT-1.00\n^\n`;
  const options = { now: NOW, account: 'DE89370400440532013000', currency: 'EUR' };
  const files = readAll(
    zip(
      { path: 'a.qif', content: qif('15.06.2026') },
      { path: 'terms.pdf', content: '%PDF-1.7' },
      { path: 'b.qif', content: qif('16.06.2026') },
    ),
    options,
  );
  expect(
    files.map(({ format, statements, warnings }) => [format, statements[0]?.transactions[0]?.bookedOn, warnings]),
  ).toEqual([
    ['qif', '2026-06-15', [expect.stringContaining('terms.pdf left out: line 1: is a PDF'), expect.any(String)]],
    ['qif', '2026-06-16', [expect.any(String)]],
  ]);
  expect(() =>
    readAll(zip({ path: 'a.pdf', content: '%PDF-1.7' }, { path: 'b.pdf', content: '%PDF-1.7' }), options),
  ).toThrow('a.pdf left out: line 1: is a PDF');
  expect(() =>
    readAll(
      zip({ path: 'a.qif', content: '!Type:Bank\nDx\nT1\n^\n' }, { path: 'b.pdf', content: '%PDF-1.7' }),
      options,
    ),
  ).toThrow('a.qif: line 4: "x" is not a day');
});
