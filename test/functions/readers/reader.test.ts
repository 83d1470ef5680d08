import { describe, expect, test } from '@jest/globals';
import { detectFormat } from '../../../functions/readers/reader.ts';

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

describe('the format of a file by its content', () => {
  test.each([
    ['message', Buffer.from('\ufeff {"type":"owner-import"}')],
    ['message', Buffer.from('[\n{}]')],
    ['mt940', Buffer.from('{1:F01BANK}{4:\r\n:20:X\r\n')],
    ['mt940', Buffer.from('\u0001\n:20:X\n')],
    ['mt940', Buffer.from('0000 01INGBNL2AXXXX00001\r940 00\r:20:MPBZ\r')],
    [
      'camt053',
      Buffer.from('<?xml version="1.0"?><D:Document xmlns:D="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">'),
    ],
    ['camt053', utf16('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.052.001.06">')],
    ['kontomatik-xml', Buffer.from('<?xml version="1.0"?>\n<!-- x -->\n<reply status="200 OK">')],
  ] as const)('%s', (format, bytes) => {
    expect(detectFormat(bytes)).toBe(format);
  });

  test.each(['<html/>', 'date;amount\n2026-01-01;1', '%PDF-1.7'])('%j is none', (text) => {
    expect(() => detectFormat(Buffer.from(text))).toThrow(/^line 1: is /);
  });
});
