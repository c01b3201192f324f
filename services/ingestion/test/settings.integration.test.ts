import { expect, test } from '@jest/globals';
import { readTemplate } from '@lamplighter/sandbox/packaging';
import { packagedStacks } from './packaged-stacks.ts';

const archiveRule = async (params: Readonly<Record<string, string>> = {}) => {
  const { ingestion } = await packagedStacks('direct', 'us-east-1', params);
  const { Resources } = (await readTemplate(ingestion)) as {
    readonly Resources: {
      readonly ArchiveBucket: {
        readonly Properties: { readonly LifecycleConfiguration: { readonly Rules: readonly object[] } };
      };
    };
  };
  return Resources.ArchiveBucket.Properties.LifecycleConfiguration.Rules[0];
};
const tiering = { StorageClass: 'INTELLIGENT_TIERING', TransitionInDays: 0 };

test('an archive that is kept for a short time never goes to Glacier', async () => {
  expect(await archiveRule({ archiveDays: '30' })).toMatchObject({ Transitions: [tiering], ExpirationInDays: '30' });
});

test('one that is kept for years does', async () => {
  const glacier = { StorageClass: 'GLACIER', TransitionInDays: 365 };
  expect(await archiveRule()).toMatchObject({ Transitions: [tiering, glacier], ExpirationInDays: 2555 });
});

test('settings that no function or log group would take are refused before anything is packaged', async () => {
  const packaging = packagedStacks('direct', 'us-east-1', { windowGraceSeconds: '0', watchedRetentionDays: '45' });
  const { message } = await packaging.then(
    () => new Error('packaged'),
    (error: Error) => error,
  );

  expect(message).toContain('ingestion.windowGraceSeconds is "0"; it has to be a whole number from 1 to 600.');
  expect(message).toContain('ingestion.watchedRetentionDays is "45"; it has to be one of 1, 3, 5');
});
