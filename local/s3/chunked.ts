/**
 * The `aws-chunked` coding: the SDK sends a body in chunks followed by its checksum, so that it need not read the body twice.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 *
 *   <hex length>[;chunk-signature=…]\r\n<bytes>\r\n … 0\r\nx-amz-checksum-crc32:…\r\n\r\n
 */
export type Decoded = { readonly body: Buffer; readonly trailers: Readonly<Record<string, string>> };

export function decodeChunked(raw: Buffer): Decoded {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const line = raw.indexOf('\r\n', at);
    if (line < 0) throw new Error('a chunk without its length');
    const length = Number.parseInt(raw.toString('latin1', at, line), 16);
    if (!Number.isInteger(length) || length < 0) throw new Error('a chunk with an odd length');
    at = line + 2;
    if (length === 0) break;
    if (at + length > raw.length) throw new Error('a chunk cut short');
    parts.push(raw.subarray(at, at + length));
    at += length + 2;
  }
  const trailers: Record<string, string> = {};
  for (const line of raw.toString('latin1', at).split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { body: Buffer.concat(parts), trailers };
}
