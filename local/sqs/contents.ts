/**
 * What a message may contain, and the checksums that AWS answers with.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
import { createHash } from 'node:crypto';
import { invalidContents, invalidValue } from './errors.ts';

/** As on the wire: binary values are base64. */
export type Attribute = {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: string | undefined;
};
export type Attributes = Readonly<Record<string, Attribute>>;

// Written as a set of allowed characters; with the u flag a lone surrogate is its own code point, and so refused.
// biome-ignore lint/suspicious/noControlCharactersInRegex: tab, line feed and carriage return are the three that SQS takes.
const FORBIDDEN = /[^\x09\x0A\x0D\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
const ALLOWED_TEXT = '#x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF';

export function checkCharacters(text: string, where: string): void {
  const found = FORBIDDEN.exec(text)?.[0];
  if (found === undefined) return;
  const code = found.codePointAt(0)!.toString(16).toUpperCase();
  throw invalidContents(
    `Invalid binary character '#x${code}' was found in the ${where}, the set of allowed characters is ${ALLOWED_TEXT}`,
  );
}

export function checkAttributes(attributes: Attributes): void {
  const names = Object.keys(attributes);
  if (names.length > 10)
    throw invalidValue(`Number of message attributes [${names.length}] exceeds the allowed maximum [10].`);
  for (const name of names) {
    const attribute = attributes[name]!;
    if (!/^(?!aws\.|amazon\.|\.)(?!.*\.\.)[\w.-]{1,256}(?<!\.)$/i.test(name))
      throw invalidValue(`The message attribute name '${name}' is invalid.`);
    if (!/^(String|Number|Binary)(\..+)?$/.test(attribute.DataType ?? ''))
      throw invalidValue(
        `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
      );
    const value = isBinary(attribute) ? attribute.BinaryValue : attribute.StringValue;
    if (typeof value !== 'string' || value === '')
      throw invalidValue(`The message attribute '${name}' must contain a non-empty message attribute value.`);
    if (attribute.DataType.startsWith('Number') && !Number.isFinite(Number(value)))
      throw invalidValue(`Can't cast the value of message (user) attribute '${name}' to a number.`);
    if (!isBinary(attribute)) checkCharacters(value, `message attribute '${name}'`);
  }
}

/** Bytes that count against the limit: body, and each attribute's name, type and value. */
export function sizeOf(body: string, attributes: Attributes): number {
  let size = Buffer.byteLength(body);
  for (const [name, attribute] of Object.entries(attributes))
    size += Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType) + bytesOf(attribute).length;
  return size;
}

export const md5OfBody = (body: string): string => createHash('md5').update(body).digest('hex');

/**
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 * ("Calculating the MD5 message digest for message attributes")
 */
export function md5OfAttributes(attributes: Attributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const attribute = attributes[name]!;
    add(Buffer.from(name));
    add(Buffer.from(attribute.DataType));
    hash.update(Buffer.of(isBinary(attribute) ? 2 : 1));
    add(bytesOf(attribute));
  }
  return hash.digest('hex');
}

const isBinary = (attribute: Attribute): boolean => attribute.DataType?.startsWith('Binary') ?? false;

const bytesOf = (attribute: Attribute): Buffer =>
  isBinary(attribute) ? Buffer.from(attribute.BinaryValue ?? '', 'base64') : Buffer.from(attribute.StringValue ?? '');
