/** The checksums that a sender may give with a body. Those Node cannot compute are kept and returned, not checked. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

export const CHECKSUM_HEADER = /^x-amz-checksum-(crc32|crc32c|crc64nvme|sha1|sha256)$/;

const COMPUTED: Readonly<Record<string, (body: Buffer) => string>> = {
  'content-md5': (body) => createHash('md5').update(body).digest('base64'),
  'x-amz-checksum-crc32': (body) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(body));
    return bytes.toString('base64');
  },
  'x-amz-checksum-sha1': (body) => createHash('sha1').update(body).digest('base64'),
  'x-amz-checksum-sha256': (body) => createHash('sha256').update(body).digest('base64'),
};

/** The name of a wrong checksum, if there is one. */
export const wrongChecksum = (body: Buffer, given: Readonly<Record<string, string>>): string | undefined =>
  Object.keys(given).find((name) => COMPUTED[name] && COMPUTED[name](body) !== given[name]);
