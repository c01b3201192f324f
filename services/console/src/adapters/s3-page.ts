import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { PageFile } from '../publish/build-page.ts';

/** Puts the page's files into the bucket, in their order: the document, which names the others, comes last. */
export async function putPage(s3: S3Client, bucket: string, files: readonly PageFile[]): Promise<void> {
  for (const { name, bytes, contentType, cacheControl } of files) {
    await s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: name,
        Body: bytes,
        ContentType: contentType,
        CacheControl: cacheControl,
      }),
    );
  }
}

/** The same with a client of the environment: its credentials, and its endpoint where it names one. */
export const pageBucket =
  (bucket: string, region?: string) =>
  (files: readonly PageFile[]): Promise<void> =>
    putPage(
      new S3Client({ forcePathStyle: process.env.AWS_ENDPOINT_URL !== undefined, ...(region && { region }) }),
      bucket,
      files,
    );
