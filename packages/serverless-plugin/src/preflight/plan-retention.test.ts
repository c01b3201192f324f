import { describe, expect, test } from '@jest/globals';
import { MemoryAws } from '../../test/memory-aws.ts';
import { deployedRetention } from './plan-retention.ts';

const groups = ['a', 'b', 'c', 'd'].map((name) => ({ logGroupId: name.toUpperCase(), name }));

/** An account that has some of the groups. */
function accountWith(kept: Readonly<Record<string, number | undefined>>): MemoryAws {
  const aws = new MemoryAws();
  for (const [name, days] of Object.entries(kept)) aws.groups.set(name, days);
  return aws;
}

/** An account that notes how many groups it is asked for at a time. */
class BusyAws extends MemoryAws {
  most = 0;
  #open = 0;

  override async group(name: string): ReturnType<MemoryAws['group']> {
    this.#open += 1;
    this.most = Math.max(this.most, this.#open);
    const found = await super.group(name);
    this.#open -= 1;
    return found;
  }
}

const stackName = 'shop-dev';
const retained = { Properties: { RetentionInDays: 30 } };

describe('deployedRetention', () => {
  test('a retention that somebody set by hand stays out of the template: it would go with the plugin', async () => {
    const aws = accountWith({ a: 90, b: 7, c: undefined });
    const plan = await deployedRetention(groups, undefined, { aws, stackName });
    expect(plan.groups.map(({ name, days }) => [name, days])).toEqual([['d', 30]]);
    expect([plan.left, plan.shortened]).toEqual([['a', 'b', 'c'], []]);
  });

  test('a group whose retention is in the template of the last deploy is given the very one that it has now', async () => {
    const aws = accountWith({ a: 90, b: 7, c: undefined });
    aws.templates.set(stackName, { Resources: { A: retained, C: retained, D: { Properties: null } } });
    const plan = await deployedRetention(groups, undefined, { aws, stackName });
    expect(plan.groups.map(({ name, days }) => [name, days])).toEqual([
      ['a', 90],
      ['d', 30],
    ]);
  });

  test('a stack that is new is asked for nothing of the past', async () => {
    const aws = accountWith({});
    await deployedRetention(groups, undefined, { aws, stackName });
    expect(aws.calls).toBe(4);
  });

  test('the days that the owner asks for are for all', async () => {
    const plan = await deployedRetention(groups, 14, { aws: accountWith({ a: 90, b: 7, c: undefined }), stackName });
    expect(plan.groups.map(({ days }) => days)).toEqual([14, 14, 14, 14]);
    expect([plan.left, plan.shortened]).toEqual([[], ['a', 'c']]);
  });

  test('the days that the owner asks for cut no group of an excluded function that was there before', async () => {
    const mixed = groups.map((group) => (group.name === 'a' ? group : { ...group, isExcluded: true as const }));
    const aws = accountWith({ a: 90, b: undefined, c: 90 });
    aws.templates.set(stackName, { Resources: { C: retained } });
    const plan = await deployedRetention(mixed, 14, { aws, stackName });
    expect(plan.groups.map(({ name, days }) => [name, days])).toEqual([
      ['a', 14],
      ['c', 14],
      ['d', 14],
    ]);
    expect([plan.left, plan.shortened]).toEqual([['b'], ['a', 'c']]);
  });

  test('asks for one group after the other', async () => {
    const aws = new BusyAws();
    await deployedRetention(groups, undefined, { aws, stackName });
    expect([aws.most, aws.calls]).toEqual([1, 4]);
  });
});
