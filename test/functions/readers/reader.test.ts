import { describe, expect, test } from '@jest/globals';
import { readerOf } from '../../../functions/readers/reader.ts';

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

describe('the format of a file by its content', () => {
  test.each([
    ['mt940', Buffer.from('{1:F01BANK}{4:\r\n:20:X\r\n')],
    ['mt940', Buffer.from('\u0001\n:20:X\n')],
    ['mt940', Buffer.from('0000 01INGBNL2AXXXX00001\r940 00\r:20:MPBZ\r')],
    [
      'camt053',
      Buffer.from('<?xml version="1.0"?><D:Document xmlns:D="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">'),
    ],
    ['camt053', utf16('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.052.001.06">')],
    ['xlsx', Buffer.from('PK\u0003\u0004')],
    ['kontomatik-xml', Buffer.from('<?xml version="1.0"?>\n<!-- x -->\n<reply status="200 OK">')],
  ] as const)('%s', (format, bytes) => {
    expect(readerOf(bytes).name).toBe(format);
  });

  test.each([
    ['<html/>', 'is a web page (HTML)'],
    ['<other/>', 'is XML, but neither'],
    ['nothing of the kind', 'is not in a known format'],
    ['%PDF-1.7', 'is a PDF'],
    ['01,122099999,123456789,040621,0200,1,65,,2/', 'is BAI2'],
    ['{"Type":"Notification","MessageId":"x","Message":"{}"}', 'is an SNS envelope'],
    ['{"version":"0","id":"x","detail-type":"t","detail":{}}', 'is an EventBridge envelope'],
  ])('%j is refused by its name', (text, reason) => {
    expect(() => readerOf(Buffer.from(text))).toThrow(`line 1: ${reason}`);
  });
});
