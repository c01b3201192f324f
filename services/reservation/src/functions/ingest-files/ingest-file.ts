import type { EventBridgeEvent } from 'aws-lambda';
import { type IngestDeps, ingestMessages } from '../../ingest/ingest-messages.ts';
import type { Log } from '../../runtime/safe-log.ts';

/** What S3 says of a new object (EventBridge, `Object Created`), as far as it is used. */
export interface ObjectCreated {
  readonly bucket: { readonly name: string };
  readonly object: { readonly key: string; readonly size?: number };
}

/** Files that property systems drop. */
export interface IncomingFiles {
  /** Undefined where it is gone: somebody else has taken it. */
  read(key: string): Promise<Uint8Array | undefined>;
  remove(key: string): Promise<void>;
}

export interface IngestFileDeps extends IngestDeps {
  readonly files: IncomingFiles;
  readonly log: Log;
}

/** The source whose files are OpenTravel or HTNG, and need no mapping. */
const STANDARD_SOURCE = 'ota';
const KEY = /^incoming\/([a-z0-9][a-z0-9-]{0,63})\/[^/]/;
/** Messages are some 17 KB; what is larger than this is not read into memory at all. */
const MAX_BYTES = 16 * 1_048_576;

/** One file into itineraries; it is deleted once the sealed archive has it. Throws where it has to be tried again. */
export async function ingestFile(
  { detail, time }: EventBridgeEvent<'Object Created', ObjectCreated>,
  deps: IngestFileDeps,
): Promise<void> {
  const { key, size = 0 } = detail.object;
  const source = KEY.exec(key)?.[1];
  if (source === undefined) return deps.log('warn', 'a file lies under no source', { code: 'NO_SOURCE' });
  const isTooLarge = size > MAX_BYTES;
  const bytes = isTooLarge ? new Uint8Array() : await deps.files.read(key);
  if (bytes === undefined) return deps.log('info', 'a file was taken before', { source, outcome: 'gone' });
  if (isTooLarge)
    return deps.log('error', 'a file is too large: it is left where it lies', {
      source,
      bytes: size,
      code: 'TOO_LARGE',
    });
  const legacySource = source === STANDARD_SOURCE ? undefined : source;
  const incoming = {
    bytes,
    legacySource,
    receivedAtMs: Date.parse(time),
    origin: { bucket: detail.bucket.name, source },
  };
  const [outcome] = await ingestMessages([incoming], deps);
  if (outcome!.kind === 'retry') throw outcome!.error;
  const { kind, reservations, setAside, doubts, code } = outcome!;
  deps.log('info', 'file processed', {
    source,
    outcome: kind,
    reservations,
    setAside,
    doubts,
    code,
    bytes: bytes.length,
  });
  await deps.files.remove(key);
}
