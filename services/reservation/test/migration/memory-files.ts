import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { MigrationFiles } from '../../src/migration-ports.ts';

/** A bucket in memory. */
export function memoryFiles(): MigrationFiles & { readonly objects: Map<string, Buffer> } {
  const objects = new Map<string, Buffer>();
  const etagOf = (body: Buffer): string => createHash('md5').update(body).digest('hex');
  const get = async (key: string): Promise<Buffer> => {
    const body = objects.get(key);
    if (body === undefined) throw new Error(`There is no ${key}.`);
    return body;
  };
  const readJson = async (key: string): Promise<unknown> => {
    const body = objects.get(key);
    return body === undefined ? undefined : JSON.parse(body.toString('utf8'));
  };
  const writeJson = async (key: string, value: unknown): Promise<void> =>
    void objects.set(key, Buffer.from(JSON.stringify(value)));
  return {
    objects,
    get,
    readJson,
    writeJson,
    writeJsonOnce: async (key, value) => {
      if (objects.has(key)) return false;
      await writeJson(key, value);
      return true;
    },
    range: async (key, from, length) => (await get(key)).subarray(from, from + length),
    put: async (key, body) => void objects.set(key, Buffer.from(body)),
    list: async (prefix) =>
      [...objects]
        .filter(([key]) => key.startsWith(prefix))
        .sort()
        .map(([key, body]) => ({ key, etag: etagOf(body), bytes: body.length })),
    open: async (key, etag) => {
      const body = objects.get(key);
      if (body === undefined) return { kind: 'unreadable', code: 'SOURCE_GONE' };
      if (etagOf(body) !== etag) return { kind: 'unreadable', code: 'SOURCE_CHANGED' };
      return { kind: 'opened', body: Readable.from([body]) };
    },
  };
}
