import { describe, expect, test } from '@jest/globals';
import { assessCoverage } from '@lamplighter/coverage';
import { fakeHost, GROUP } from '../test/fake-host.ts';
import { DESTINATION } from '../test/memory-aws.ts';

describe('deploying', () => {
  test('fails before anything is deployed where a group is full', async () => {
    const shop = fakeHost({ commands: ['deploy'] });
    shop.aws.fill(GROUP);
    await expect(shop.package()).rejects.toMatchObject({ code: 'LAMPLIGHTER_FILTER_LIMIT' });
  });

  test('leaves out what is subscribed already, and counts it as watched', async () => {
    const shop = fakeHost({ commands: ['deploy'], custom: { minimumCoveragePct: 100 } });
    shop.aws.existing.set(GROUP, [{ name: 'lamplighter-dev', destinationArn: DESTINATION, filterPattern: '' }]);
    await shop.package();
    expect(shop.ids()).toEqual(['BookLambdaFunction', 'BookLogGroup']);
    expect(shop.said).toEqual([
      `Lamplighter: ${GROUP} is subscribed already, by the filter lamplighter-dev.`,
      'Lamplighter: monitoring coverage 100 %: 1 of 1 resources watched',
    ]);
  });

  test('a group whose name CloudFormation puts together is named: nobody could ask for it', async () => {
    const LogGroupName = { 'Fn::Sub': '/aws/lambda/${AWS::StackName}-book' };
    for (const commands of [['deploy'], ['package']]) {
      const shop = fakeHost({ commands });
      shop.template.Resources.BookLambdaFunction!.Properties = {
        FunctionName: 'x',
        LoggingConfig: { LogGroup: LogGroupName },
      };
      shop.template.Resources.BookLogGroup!.Properties = { LogGroupName };
      await shop.package();
      const told = shop.said.filter((line) => /BookLogGroup was not asked for/.test(line));
      expect(told).toHaveLength(commands[0] === 'deploy' ? 1 : 0);
    }
  });

  test('asks once', async () => {
    const shop = fakeHost({ commands: ['deploy'] });
    await shop.package();
    const { calls } = shop.aws;
    await shop.run('before:aws:deploy:deploy:createStack');
    expect([calls, shop.aws.calls]).toEqual([3, 3]);
  });

  test('a package that was made before is checked when it is deployed', async () => {
    const made = fakeHost();
    await made.package();
    const shop = fakeHost({ commands: ['deploy'] });
    Object.assign(shop.template, structuredClone(made.template));
    await shop.run('before:aws:deploy:deploy:createStack');
    expect(shop.aws.calls).toBe(3);
    shop.aws.fill(GROUP);
    await expect(shop.run('before:aws:deploy:deploy:createStack')).rejects.toMatchObject({
      code: 'LAMPLIGHTER_FILTER_LIMIT',
    });
  });

  test('notes in the template what it was told: where Lamplighter takes logs, and what is watched from elsewhere', async () => {
    const shop = fakeHost({ commands: ['deploy'] });
    await shop.package();
    expect(shop.template.Metadata).toEqual({ Lamplighter: { DestinationArn: DESTINATION } });
    const moved = fakeHost({ commands: ['deploy'] });
    moved.aws.parameters.set('/lamplighter/dev/ingestion/destination-arn', 'arn:aws:kinesis:::stream/telemetry');
    await moved.package();
    expect(moved.template).not.toEqual(shop.template);
    const watched = fakeHost({ commands: ['deploy'] });
    watched.aws.existing.set(GROUP, [{ name: 'round', destinationArn: DESTINATION, filterPattern: '' }]);
    await watched.package();
    expect(assessCoverage(structuredClone(watched.template))).toMatchObject({ coveragePct: 100, watched: 1 });
  });

  test('a package that was made before notes it, too, as it is deployed', async () => {
    const shop = fakeHost();
    await shop.package();
    expect(shop.template.Metadata).toBeUndefined();
    await shop.run('before:aws:deploy:deploy:createStack');
    expect(shop.template.Metadata).toEqual({ Lamplighter: { DestinationArn: DESTINATION } });
  });

  test('what AWS refuses is one line that names the right, and no name of an account steers the terminal', async () => {
    const shop = fakeHost({ commands: ['deploy'] });
    shop.aws.filters = async () => {
      throw Object.assign(new Error('not yours\u001b[2J'), { name: 'AccessDeniedException' });
    };
    await expect(shop.package()).rejects.toMatchObject({
      code: 'LAMPLIGHTER_AWS',
      message: expect.stringMatching(
        /^Whoever deploys lacks the right logs:DescribeSubscriptionFilters \(AccessDeniedException: not yours\\u\{1b\}\[2J\)\. .* \(LAMPLIGHTER_AWS\)$/,
      ) as unknown,
    });
    const named = fakeHost({ commands: ['deploy'] });
    named.aws.existing.set(GROUP, [{ name: 'x\u001b[2J', destinationArn: DESTINATION, filterPattern: '' }]);
    await named.package();
    expect(named.said[0]).toContain('by the filter x\\u{1b}[2J.');
  });
});
