import { expect, test } from '@jest/globals';
import { actionsOf } from './actions-of-types.ts';

test('a bucket takes what its properties take', () => {
  const Properties = { OwnershipControls: {}, NotificationConfiguration: {} };
  const bare = actionsOf({ Type: 'AWS::S3::Bucket' });
  expect(bare).not.toContain('s3:PutBucketOwnershipControls');
  expect(actionsOf({ Type: 'AWS::S3::Bucket', Properties })).toEqual([
    ...bare,
    ...['s3:GetBucketOwnershipControls', 's3:PutBucketOwnershipControls'],
    ...['s3:GetBucketNotification', 's3:PutBucketNotification'],
  ]);
});

test('a type or a property that nobody looked up is an error that names it', () => {
  expect(() => actionsOf({ Type: 'AWS::EFS::FileSystem' })).toThrow('AWS::EFS::FileSystem has no entry');
  const Properties = { ReplicationConfiguration: {} };
  expect(() => actionsOf({ Type: 'AWS::S3::Bucket', Properties })).toThrow(
    'ReplicationConfiguration of AWS::S3::Bucket',
  );
});
