/** A service that reads objects as a bucket's policy lets it: CloudFront, for one distribution. */
export interface ObjectReader {
  readonly service: string;
  readonly sourceArn: string;
  readonly sourceAccount: string;
}

export type ReadOutcome =
  | { readonly kind: 'object'; readonly body: Buffer; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'denied' }
  | { readonly kind: 'missing' };

export interface S3Peer {
  /** Reads an object by the bucket's policy alone, for a service or (without a reader) for anybody. */
  readAs(reader: ObjectReader | undefined, bucket: string, key: string): ReadOutcome;
  put(bucket: string, key: string, body: Buffer, contentType?: string): Promise<void>;
  get(bucket: string, key: string): Promise<Buffer>;
  list(bucket: string, prefix?: string): Promise<readonly { key: string; size: number }[]>;
}
