/** Formats that are known and not read: a refusal names them, with the way out. */
import type { FileStart } from './statement.ts';

type Known = { readonly is: (start: FileStart, bytes: Buffer) => boolean; readonly reason: string };

const beginsWith =
  (...bytes: number[]) =>
  ({ bytes: start }: FileStart) =>
    bytes.every((byte, index) => start[index] === byte);
const text = (form: RegExp) => (start: FileStart) => form.test(start.text);

const isOffice = beginsWith(0xd0, 0xcf, 0x11, 0xe0);
/** Names of parts by which an Office document says that it is encrypted (MS-OFFCRYPTO). */
const ENCRYPTED = ['EncryptedPackage', 'EncryptionInfo'].map((name) => Buffer.from(name, 'utf16le'));

const KNOWN: readonly Known[] = [
  { is: beginsWith(0x25, 0x50, 0x44, 0x46), reason: 'is a PDF; ask the bank for camt.053, MT940 or CSV' },
  {
    is: (start, bytes) => isOffice(start) && ENCRYPTED.some((name) => bytes.includes(name)),
    reason: 'is protected by a password; save it without one and import that',
  },
  { is: isOffice, reason: 'is an old Office document (XLS, DOC); save the table as XLSX or CSV and import that' },
  { is: text(/^01,[^,\r\n]{0,40},[^,\r\n]{0,40},\d{6},/), reason: 'is BAI2; ask the bank for camt.053 or MT940' },
  {
    is: text(/^\{(?=[^{}]{0,400}"Type"\s*:\s*"Notification")/),
    reason: 'is an SNS envelope; import the content of its field "Message" (raw delivery of the subscription does so)',
  },
  {
    is: text(/^\{(?=[^{}]{0,600}"detail-type"\s*:)/),
    reason: 'is an EventBridge envelope; import the content of its field "detail"',
  },
  { is: text(/^<(?:!doctype\s+)?html/i), reason: 'is a web page (HTML); save the statement itself, not the page' },
  { is: text(/^</), reason: 'is XML, but neither camt.052, camt.053, camt.054 nor a Kontomatik reply' },
];

/** Why a file is refused that none of the readers takes, when it is something known. */
export function knownByName(start: FileStart, bytes: Uint8Array): string | undefined {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return KNOWN.find(({ is }) => is(start, whole))?.reason;
}
