/**
 * Objects on disk: a body file under a random name, and a description named by the hash of the key, so that any key is a safe file
 * name. The description is renamed into place last: a kill leaves either the old object or the new one.
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type Description = {
  readonly key: string;
  readonly body: string;
  readonly size: number;
  readonly etag: string;
  readonly modified: string;
  /** Headers to give back as they came: type, coding, user metadata, checksums. */
  readonly headers: Readonly<Record<string, string>>;
};

export type Objects = {
  exists(bucket: string): boolean;
  /** Undefined when the object's tag is not `ifMatch`. */
  put(
    bucket: string,
    key: string,
    body: Buffer,
    headers: Record<string, string>,
    ifMatch?: string,
  ): Promise<Description | undefined>;
  describe(bucket: string, key: string): Promise<Description | undefined>;
  read(bucket: string, description: Description): Promise<Buffer>;
  remove(bucket: string, key: string): Promise<void>;
  list(bucket: string): Promise<readonly Description[]>;
};

export async function openObjects(directory: string, buckets: readonly string[]): Promise<Objects> {
  for (const bucket of buckets) await mkdir(join(directory, bucket), { recursive: true });

  const nameOf = (bucket: string, key: string) =>
    join(directory, bucket, `${createHash('sha256').update(key).digest('hex')}.json`);

  /** Runs one operation on a key at a time. */
  const doing = new Map<string, Promise<unknown>>();
  const oneAtATime = async <Value>(name: string, work: () => Promise<Value>): Promise<Value> => {
    const before = doing.get(name);
    const now = (async () => {
      await before?.catch(() => {});
      return work();
    })();
    doing.set(name, now);
    try {
      return await now;
    } finally {
      if (doing.get(name) === now) doing.delete(name);
    }
  };

  const describe = async (bucket: string, key: string): Promise<Description | undefined> => {
    try {
      return JSON.parse(await readFile(nameOf(bucket, key), 'utf8')) as Description;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  };

  return {
    describe,
    exists: (bucket) => /^[a-z0-9][a-z0-9.-]{1,62}$/.test(bucket) && existsSync(join(directory, bucket)),

    async put(bucket, key, body, headers, ifMatch) {
      const description: Description = {
        key,
        body: `${randomUUID()}.bin`,
        size: body.length,
        etag: `"${createHash('md5').update(body).digest('hex')}"`,
        modified: new Date().toISOString(),
        headers,
      };
      await writeDurably(join(directory, bucket, description.body), body);
      const draft = join(directory, bucket, `${description.body}.draft`);
      await writeDurably(draft, Buffer.from(JSON.stringify(description)));
      return oneAtATime(nameOf(bucket, key), async () => {
        const before = await describe(bucket, key);
        const isMet = ifMatch === undefined || before?.etag === ifMatch;
        if (isMet) await rename(draft, nameOf(bucket, key));
        const stale = isMet ? before : description;
        if (stale) await rm(join(directory, bucket, stale.body), { force: true });
        if (!isMet) await rm(draft, { force: true });
        return isMet ? description : undefined;
      });
    },

    read: (bucket, description) => readFile(join(directory, bucket, description.body)),

    async remove(bucket, key) {
      const before = await describe(bucket, key);
      if (!before) return;
      await rm(nameOf(bucket, key), { force: true });
      await rm(join(directory, bucket, before.body), { force: true });
    },

    async list(bucket) {
      const files = (await readdir(join(directory, bucket))).filter((name) => name.endsWith('.json'));
      const all = await Promise.all(
        files.map(async (name) => JSON.parse(await readFile(join(directory, bucket, name), 'utf8')) as Description),
      );
      return all.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
    },
  };
}

async function writeDurably(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'w');
  try {
    await writeFile(file, bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
