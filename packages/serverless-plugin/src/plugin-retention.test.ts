import { describe, expect, test } from '@jest/globals';
import { fakeHost, GROUP } from '../test/fake-host.ts';

describe('the retention of a deploy', () => {
  test('a log group that is there already keeps its logs: only a new one gets a retention', async () => {
    const fresh = fakeHost({ commands: ['deploy'] });
    await fresh.package();
    expect(fresh.template.Resources.BookLogGroup).toEqual({
      Type: 'AWS::Logs::LogGroup',
      Properties: { LogGroupName: GROUP, RetentionInDays: 30 },
    });
    for (const days of [undefined, 90, 7, 30]) {
      const old = fakeHost({ commands: ['deploy'] });
      old.aws.groups.set(GROUP, days);
      await old.package();
      // What the team set by hand is in no template: taking the plugin out leaves it.
      expect(old.template.Resources.BookLogGroup?.Properties).toEqual({ LogGroupName: GROUP });
      expect(old.said.filter((line) => line.includes('keeps its logs as long as so far'))).toHaveLength(
        days === 30 ? 0 : 1,
      );
    }
  });

  test('what an earlier deploy wrote stays written: CloudFormation would take it away', async () => {
    const shop = fakeHost({ commands: ['deploy'] });
    shop.aws.groups.set(GROUP, 30);
    shop.aws.templates.set('shop-dev', { Resources: { BookLogGroup: { Properties: { RetentionInDays: 30 } } } });
    await shop.package();
    expect(shop.template.Resources.BookLogGroup?.Properties).toMatchObject({ RetentionInDays: 30 });
  });

  test("the owner's retention is for all groups, and those whose logs it shortens are named", async () => {
    const shop = fakeHost({ commands: ['deploy'], custom: { retentionDays: 14 } });
    shop.aws.groups.set(GROUP, undefined);
    await shop.package();
    expect(shop.template.Resources.BookLogGroup?.Properties).toMatchObject({ RetentionInDays: 14 });
    expect(shop.said[0]).toBe(
      `Lamplighter: ${GROUP} keeps its logs for 14 days from this deploy on (custom.lamplighter.retentionDays): CloudWatch Logs deletes what is older, for good.`,
    );
    const longer = fakeHost({ commands: ['deploy'], custom: { retentionDays: 14 } });
    longer.aws.groups.set(GROUP, 3);
    await longer.package();
    expect(longer.said).toHaveLength(1);
  });

  test('no retention, no question', async () => {
    const shop = fakeHost({ commands: ['deploy'], custom: { retentionDays: false, subscriptions: false } });
    await shop.package();
    expect(shop.aws.calls).toBe(0);
  });

  test('a package that would have logs kept shorter or longer, of which nobody spoke, is not deployed', async () => {
    const made = fakeHost({ custom: { subscriptions: false } });
    await made.package();
    const deploy = (custom: Record<string, unknown> = { subscriptions: false }) => {
      const shop = fakeHost({ commands: ['deploy'], custom });
      Object.assign(shop.template, structuredClone(made.template));
      return shop;
    };
    for (const [days, loss] of [
      [undefined, 'would delete what is older, for good'],
      [90, 'would delete what is older, for good'],
      [7, 'would keep for longer what it deletes after 7 days now'],
    ] as const) {
      const old = deploy();
      old.aws.groups.set(GROUP, days);
      await expect(old.run('before:aws:deploy:deploy:createStack')).rejects.toMatchObject({
        code: 'LAMPLIGHTER_RETENTION',
        message: expect.stringContaining(loss),
      });
    }
    const same = deploy();
    same.aws.groups.set(GROUP, 30);
    await same.run('before:aws:deploy:deploy:createStack');
    const fresh = deploy();
    await fresh.run('before:aws:deploy:deploy:createStack');
    fresh.aws.groups.set(GROUP, 30);
    await fresh.run('before:aws:deploy:deploy:createStack');
    expect(fresh.aws.calls).toBe(2);
  });

  test('a package that shortens what is kept, as the owner asked, says so when it is deployed', async () => {
    const shop = fakeHost({ custom: { subscriptions: false, retentionDays: 14 } });
    await shop.package();
    shop.aws.groups.set(GROUP, 7);
    await shop.run('before:aws:deploy:deploy:createStack');
    expect(shop.said).not.toContainEqual(expect.stringContaining('14 days'));
    shop.aws.groups.set(GROUP, undefined);
    await shop.run('before:aws:deploy:deploy:createStack');
    expect(shop.said.at(-1)).toMatch(/^Lamplighter: .* keeps its logs for 14 days from this deploy on/);
  });
});
