/** `node src/publish/publish-page.ts --stack NAME [--region us-east-1]`: builds the page and puts it where CloudFront reads it. */
import { parseArgs } from 'node:util';
import { pageBucket } from '../adapters/s3-page.ts';
import { stackOutputs } from '../adapters/stack-outputs.ts';
import { buildPage } from './build-page.ts';
import { parseSignIn } from './sign-in.ts';

const { values } = parseArgs({ options: { stack: { type: 'string' }, region: { type: 'string' } } });
if (values.stack === undefined) {
  console.error('publish-page needs --stack: the name of the deployed stack, lamplighter-console-STAGE.');
  process.exitCode = 1;
} else {
  const { PageBucketName = '', SignIn = '' } = await stackOutputs(values.stack, values.region);
  const files = await buildPage(parseSignIn(SignIn));
  await pageBucket(PageBucketName, values.region)(files);
  console.log(`${files.length} files of the page are in ${PageBucketName}`);
}
