import { describe, expect, test } from '@jest/globals';
import { DESTINATION, MemoryAws } from '../../test/memory-aws.ts';
import { LamplighterOptions, type SubscriptionOptions, subscriptionOptions } from '../options/lamplighter-options.ts';
import { checkDeclared, checkGroups } from './check-groups.ts';

const place = { stage: 'dev', region: 'us-east-1' };
const group = { logGroupId: 'BookLogGroup', name: '/aws/lambda/shop-book' };
const policy = (name: string, destinationArn = DESTINATION) => ({ name, destinationArn, filterPattern: '' });
const options = (subscriptions: unknown = {}): SubscriptionOptions =>
  subscriptionOptions(LamplighterOptions.parse({ subscriptions }))!;

describe('checkGroups', () => {
  test('lets a group with room through', async () => {
    expect(await checkGroups([group], place, options(), new MemoryAws())).toEqual({
      destinationArn: DESTINATION,
      groups: [group],
      left: [],
    });
  });

  test('says in one line that Lamplighter is not there, and what to do', async () => {
    const check = checkGroups([group], { ...place, stage: 'test' }, options(), new MemoryAws());
    await expect(check).rejects.toMatchObject({
      code: 'LAMPLIGHTER_NOT_DEPLOYED',
      message:
        "Lamplighter's stage test is not in us-east-1: there is no SSM parameter /lamplighter/test/ingestion/destination-arn. Deploy it, or name its stage in custom.lamplighter.stage.",
    });
  });

  test('says in one line whose filters fill a group, and what to do', async () => {
    const aws = new MemoryAws();
    aws.fill(group.name);
    await expect(checkGroups([group], place, options(), aws)).rejects.toMatchObject({
      code: 'LAMPLIGHTER_FILTER_LIMIT',
      message:
        '/aws/lambda/shop-book has no room for another subscription filter: datadog and siem are there, and 2 are allowed. Remove one of them, or set custom.lamplighter.subscriptions.whenFull to skip or account-policy, or raise its limit.',
    });
    const roomy = await checkGroups([group], place, options({ limit: 5 }), aws);
    expect(roomy.groups).toEqual([group]);
  });

  test('skips a full group where the owner says so, and says that it stays unwatched', async () => {
    const aws = new MemoryAws();
    aws.fill(group.name);
    const { groups, left } = await checkGroups([group], place, options({ whenFull: 'skip' }), aws);
    expect([groups, left.map(({ isWatched }) => isWatched)]).toEqual([[], [false]]);
    expect(left[0]?.why).toMatch(/it is skipped: Lamplighter does not watch it$/);
  });

  test('relies on an account policy only where one leads to Lamplighter', async () => {
    const aws = new MemoryAws();
    aws.fill(group.name);
    aws.policies = [policy('siem', 'arn:siem')];
    const asked = () => checkGroups([group], place, options({ whenFull: 'account-policy' }), aws);
    await expect(asked()).rejects.toMatchObject({ code: 'LAMPLIGHTER_NO_ACCOUNT_POLICY' });
    aws.policies = [policy('siem', 'arn:siem'), policy('all')];
    expect(await asked()).toMatchObject({ groups: [], left: [{ name: group.name, isWatched: true }] });
  });

  test.each([
    [{ filterPattern: 'ERROR' }, 'lamplighter passes on only what matches "ERROR"'],
    [
      { selectionCriteria: 'LogGroupName NOT IN ["/aws/lambda/shop-book"]' },
      'lamplighter leaves /aws/lambda/shop-book out',
    ],
    [{ selectionCriteria: 'LogGroupNamePrefix IN ["/x"]' }, 'which cannot be read here'],
    [{ selectionCriteria: 'LogGroupName NOT IN [oops]' }, 'which cannot be read here'],
  ])(
    'an account policy that does not bring every line of the group is told, and not relied on: %j',
    async (more, fault) => {
      const aws = new MemoryAws();
      aws.fill(group.name);
      aws.policies = [{ ...policy('lamplighter'), ...more }];
      const asked = () => checkGroups([group], place, options({ whenFull: 'account-policy' }), aws);
      await expect(asked()).rejects.toMatchObject({
        code: 'LAMPLIGHTER_NO_ACCOUNT_POLICY',
        message: expect.stringContaining(fault) as unknown,
      });
      const roomy = { ...policy('roomy'), selectionCriteria: 'LogGroupName NOT IN ["/aws/lambda/other"]' };
      aws.policies = [...aws.policies, roomy];
      expect(await asked()).toMatchObject({ left: [{ isWatched: true }] });
    },
  );

  test("leaves a group alone that Lamplighter's own round has subscribed", async () => {
    const aws = new MemoryAws();
    aws.existing.set(group.name, [{ name: 'lamplighter-dev', destinationArn: DESTINATION, filterPattern: '' }]);
    expect(await checkGroups([group], place, options(), aws)).toMatchObject({
      groups: [],
      left: [{ isWatched: true, why: '/aws/lambda/shop-book is subscribed already, by the filter lamplighter-dev' }],
    });
  });
});

describe('checkDeclared', () => {
  const full = { ...group, declared: ['ToSiem', 'ToVendor'] };
  const roomy = { logGroupId: 'ReadLogGroup', name: '/aws/lambda/shop-read', declared: ['ToSiem'] };

  test("a package fails where the service's own filters fill a group: its first deploy would", () => {
    expect(() => checkDeclared([roomy, full], options())).toThrow(
      '/aws/lambda/shop-book has no room for another subscription filter: ToSiem and ToVendor are there, and 2 are allowed. Remove',
    );
    expect(checkDeclared([roomy, full], options({ limit: 3 }))).toEqual({ groups: [roomy, full], left: [] });
  });

  test.each([
    ['skip', /it is skipped: Lamplighter does not watch it$/],
    ['account-policy', /a deploy asks whether the account's policy watches it$/],
  ])('leaves such a group out where whenFull is %s', (whenFull, why) => {
    const { groups, left } = checkDeclared([roomy, full], options({ whenFull }));
    expect([groups, left]).toEqual([
      [roomy],
      [{ name: full.name, isWatched: false, why: expect.stringMatching(why) as unknown }],
    ]);
  });
});
