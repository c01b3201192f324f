import type { ServiceContext } from '../../../core/service.ts';
import { Notifier } from '../notifications/notifier.ts';
import { s3Error } from '../wire/s3-error.ts';
import { Bucket } from './bucket.ts';

/** The buckets of the account. */
export class Buckets {
  readonly notifier: Notifier;
  readonly #context: ServiceContext;
  readonly #byName = new Map<string, Bucket>();

  constructor(context: ServiceContext) {
    this.#context = context;
    this.notifier = new Notifier(context);
  }

  /** Creates a bucket. In us-east-1 the owner may create it again and nothing happens; elsewhere that is an error. */
  create(name: string): Bucket {
    if (!/^(?!\d+\.\d+\.\d+\.\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) {
      throw s3Error('InvalidBucketName', 'The specified bucket is not valid.', 400, { BucketName: name });
    }
    const existing = this.#byName.get(name);
    if (existing && this.#context.region === 'us-east-1') return existing;
    if (existing) {
      throw s3Error(
        'BucketAlreadyOwnedByYou',
        'Your previous request to create the named bucket succeeded and you already own it.',
        409,
        { BucketName: name },
      );
    }
    const bucket = new Bucket(name, this.#context.clock.now());
    this.#byName.set(name, bucket);
    return bucket;
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  /** The bucket, or `NoSuchBucket`. */
  named(name: string): Bucket {
    const bucket = this.#byName.get(name);
    if (bucket) return bucket;
    throw s3Error('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: name });
  }

  delete(name: string): void {
    if (!this.named(name).isEmpty) {
      throw s3Error('BucketNotEmpty', 'The bucket you tried to delete is not empty', 409, { BucketName: name });
    }
    this.#byName.delete(name);
  }

  /** In order of their names. */
  all(): readonly Bucket[] {
    return [...this.#byName.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  }
}
