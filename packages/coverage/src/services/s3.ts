import type { CoverageRule, ServiceRules } from '../coverage-rule.ts';
import { valueAt } from '../template.ts';
import { storeRule } from './called-stores.ts';

/** What the framework keeps its own packages in; nothing of the service's happens there. */
const DEPLOYMENT_BUCKET = 'ServerlessDeploymentBucket';

const bucketRule = storeRule(
  { namespace: 'AWS/S3', dimension: 'BucketName', metrics: ['4xxErrors', '5xxErrors'] },
  'have the functions that use it watched, or put an alarm on its request metrics (5xxErrors), or LoggingConfiguration',
  (bucket) =>
    valueAt(bucket.Properties, 'LoggingConfiguration') === undefined ? [] : [{ kind: 'access-log', through: [] }],
);

const unlessDeploymentBucket: CoverageRule = (bucket, stack, around) =>
  bucket.logicalId === DEPLOYMENT_BUCKET ? [] : bucketRule(bucket, stack, around);

export const S3: ServiceRules = { service: 'S3', rules: { 'AWS::S3::Bucket': unlessDeploymentBucket } };
