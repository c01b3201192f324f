import type { AwsCaller } from '../../../core/aws-calls/aws-caller.ts';
import type { Json, JsonObject } from '../../../core/protocols/json.ts';
import type { TaskCaller } from './task-runner.ts';

/** An object as ListObjectsV2 shows it. */
export interface ListedObject {
  readonly Etag: string;
  readonly Key: string;
  /** Epoch seconds. */
  readonly LastModified: number;
  readonly Size: number;
  readonly StorageClass: string;
}

/** What Distributed Map does with S3, as the machine's role. */
export interface ObjectStore {
  get(input: JsonObject): Promise<Buffer>;
  /** All pages. */
  list(input: JsonObject): Promise<readonly ListedObject[]>;
  put(bucket: string, key: string, body: string): Promise<void>;
}

export function objectStore(aws: AwsCaller, { roleArn, sessionName }: TaskCaller): ObjectStore {
  const send = async (action: string, input: Json): Promise<JsonObject> =>
    (await aws.call({ service: 's3', action, input, roleArn, sessionName })).output as JsonObject;
  return {
    get: (input) => aws.bytes({ service: 's3', action: 'getObject', input, roleArn, sessionName }),
    async list(input) {
      const objects: ListedObject[] = [];
      for (let token: Json | undefined; ; ) {
        const page = await send('listObjectsV2', token === undefined ? input : { ...input, ContinuationToken: token });
        for (const entry of (page.Contents ?? []) as readonly JsonObject[]) objects.push(listed(entry));
        token = page.NextContinuationToken;
        if (token === undefined) return objects;
      }
    },
    async put(Bucket, Key, Body) {
      await send('putObject', { Bucket, Key, Body, ContentType: 'application/json' });
    },
  };
}

function listed(entry: JsonObject): ListedObject {
  return {
    Etag: String(entry.ETag),
    Key: String(entry.Key),
    LastModified: Math.floor(Date.parse(String(entry.LastModified)) / 1000),
    Size: Number(entry.Size),
    StorageClass: String(entry.StorageClass ?? 'STANDARD'),
  };
}
