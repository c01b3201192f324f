/** `node src/publish/publish-page.ts --bucket NAME [--region us-east-1]`: builds the page and puts it where CloudFront reads it. */
import { parseArgs } from 'node:util';
import { pageBucket } from '../adapters/s3-page.ts';
import { buildPage } from './build-page.ts';

const { values } = parseArgs({ options: { bucket: { type: 'string' }, region: { type: 'string' } } });
if (values.bucket === undefined) {
  console.error('publish-page needs --bucket: the output PageBucketName of the stack.');
  process.exitCode = 1;
} else {
  const files = await buildPage();
  await pageBucket(values.bucket, values.region)(files);
  console.log(`${files.length} files of the page are in ${values.bucket}`);
}
