import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import type { CompiledMapping } from '../domain/mapping/compile-mapping.ts';
import { parseMapping } from '../domain/mapping/parse-mapping.ts';
import type { Mappings } from '../ingest/read-incoming.ts';
import type { CallDependency } from '../ports.ts';
import type { Log } from '../runtime/safe-log.ts';

/** How long an environment goes on with a mapping that it has read. */
const FRESH_MS = 60_000;

export interface S3MappingsOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly call: CallDependency;
  readonly log: Log;
  readonly now: () => number;
}

interface Known {
  readonly mapping: CompiledMapping | undefined;
  readonly readAtMs: number;
}

/** Mapping documents of the legacy bucket: `mappings/<source>.json`. One that is absent or invalid maps nothing. */
export function s3Mappings({ client, bucket, call, log, now }: S3MappingsOptions): Mappings {
  const known = new Map<string, Known>();
  const read = async (source: string): Promise<CompiledMapping | undefined> => {
    const text = await call({ dependency: 's3', statement: 'read mapping' }, () => textOf(client, bucket, source));
    if (text === undefined) return undefined;
    const parsed = parseMapping(documentOf(text));
    if (parsed.kind === 'mapping' && parsed.mapping.mapping.source === source) return parsed.mapping;
    log('error', 'a mapping is invalid: try it with the dry-run command', { source });
    return undefined;
  };
  return async (source) => {
    const last = known.get(source);
    if (last !== undefined && now() - last.readAtMs < FRESH_MS) return last.mapping;
    const mapping = await read(source);
    known.set(source, { mapping, readAtMs: now() });
    return mapping;
  };
}

async function textOf(client: S3Client, Bucket: string, source: string): Promise<string | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: `mappings/${source}.json` }));
    return await Body?.transformToString();
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

function documentOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
