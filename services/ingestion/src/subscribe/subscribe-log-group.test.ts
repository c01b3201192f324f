import { describe, expect, test } from '@jest/globals';
import { type EventEntry, LogGroupSubscriptionDecided } from '@lamplighter/contracts';
import type { LogGroupFacts } from '../domain/subscription-decision.ts';
import type { ListedLogGroup } from '../ports.ts';
import { subscribeLogGroup } from './subscribe-log-group.ts';
import { type SweepDeps, sweepLogGroups } from './sweep-log-groups.ts';

const NOW = Date.UTC(2026, 0, 15, 9);
const policy = {
  watchedPrefix: '/aws/lambda/',
  ownPrefix: '/aws/lambda/lamplighter-',
  filterName: 'lamplighter-dev',
  destinationArn: 'arn:aws:lambda:us-east-1:123456789012:function:ingest',
};

/** Log groups, ledger and bus in memory; `crashAt` breaks the caller off at the n-th gate, two to a call: before it and after it. */
class MemoryAccount {
  readonly groups = new Map<string, LogGroupFacts>();
  readonly known = new Set<string>();
  readonly told: EventEntry[] = [];
  crashAt = Number.POSITIVE_INFINITY;
  unreachable = '';
  gates = 0;
  readonly looked: string[] = [];
  stoppedAt: string | undefined;
  remainingMs = 900_000;

  add(logGroup: string, facts: Partial<LogGroupFacts> = {}): void {
    this.groups.set(logGroup, { logGroup, createdAt: NOW - 5_000, tags: {}, filters: [], ...facts });
  }

  private listed(logGroup: string): ListedLogGroup | undefined {
    const facts = this.groups.get(logGroup);
    if (facts === undefined) return undefined;
    const { tags: _tags, filters: _filters, ...group } = facts;
    return { ...group, arn: `arn:aws:logs:us-east-1:123456789012:log-group:${logGroup}` };
  }

  deps(): SweepDeps {
    const change = (logGroup: string, facts: Partial<LogGroupFacts>) =>
      this.call(() => void this.groups.set(logGroup, { ...this.groups.get(logGroup)!, ...facts }));
    const { groups } = this;
    return {
      accountId: '123456789012',
      region: 'us-east-1',
      now: () => NOW,
      policy,
      retentionDays: 30,
      ledger: { register: ({ functionName }) => this.call(() => void this.known.add(functionName)) },
      rounds: {
        stoppedAt: async () => this.stoppedAt,
        stop: async (_round, at) => {
          this.stoppedAt = at;
        },
      },
      remainingMs: () => this.remainingMs,
      publish: (entries) => this.call(() => void this.told.push(...entries)),
      logGroups: {
        find: (logGroup) => this.call(() => this.listed(logGroup)),
        list: async function* (this: MemoryAccount, prefix: string) {
          for (const name of [...groups.keys()].filter((one) => one.startsWith(prefix)).sort())
            yield this.listed(name)!;
        }.bind(this),
        describe: async ({ logGroup }) => {
          if (logGroup === this.unreachable) throw new Error('unreachable');
          this.looked.push(logGroup);
          return this.call(() => groups.get(logGroup));
        },
        subscribe: (logGroup) =>
          change(logGroup, { filters: [{ name: policy.filterName, destinationArn: policy.destinationArn }] }),
        retain: (logGroup, retentionDays) => change(logGroup, { retentionDays }),
      },
    };
  }

  private async call<Result>(effect: () => Result): Promise<Result> {
    this.gate();
    const result = effect();
    this.gate();
    return result;
  }

  private gate(): void {
    if (this.gates++ === this.crashAt) throw new Error('crash');
  }
}

const GROUP = '/aws/lambda/booking';
const WATCHED = { retentionDays: 30, filters: [{ name: policy.filterName, destinationArn: policy.destinationArn }] };

describe('subscribeLogGroup', () => {
  test('ends the same whichever call it dies at, and is told at least once', async () => {
    for (let crashAt = 0; ; crashAt += 1) {
      const account = new MemoryAccount();
      account.add(GROUP);
      account.crashAt = crashAt;
      const run = () => subscribeLogGroup(GROUP, account.deps(), { created: true });
      const isThrough = await run().then(
        () => true,
        () => false,
      );
      if (isThrough) {
        expect(crashAt).toBe(12);
        break;
      }
      await run();

      expect(account.groups.get(GROUP)).toMatchObject(WATCHED);
      expect([...account.known]).toEqual(['booking']);
      const told = account.told.map((entry) => LogGroupSubscriptionDecided.parse(JSON.parse(entry.Detail)));
      expect(new Set(told.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
      expect(told[0]?.data.outcome).toBe('subscribed');
    }
  });

  test('watches a group whose retention is refused, and sets that later', async () => {
    const account = new MemoryAccount();
    account.add(GROUP);
    const deps = account.deps();
    const retain = () => Promise.reject(new Error('AccessDeniedException'));

    await expect(sweepLogGroups({ ...deps, logGroups: { ...deps.logGroups, retain } })).rejects.toThrow('1 log groups');

    expect(account.groups.get(GROUP)).toMatchObject({ filters: WATCHED.filters });
    expect(account.told).toHaveLength(1);
    await sweepLogGroups(deps);
    expect(account.groups.get(GROUP)).toMatchObject(WATCHED);
    expect(account.told).toHaveLength(1);
  });

  test('leaves a retention that somebody chose', async () => {
    const account = new MemoryAccount();
    account.add(GROUP, { retentionDays: 3 });

    await subscribeLogGroup(GROUP, account.deps(), { created: true });

    expect(account.groups.get(GROUP)).toMatchObject({ ...WATCHED, retentionDays: 3 });
  });

  test('subscribes a group that has kept its logs for longer than a day, and lets it keep them', async () => {
    const account = new MemoryAccount();
    account.add(GROUP, { createdAt: NOW - 25 * 3_600_000 });

    await sweepLogGroups(account.deps());

    expect(account.groups.get(GROUP)).toMatchObject({ filters: WATCHED.filters });
    expect(account.groups.get(GROUP)?.retentionDays).toBeUndefined();
  });

  test('says nothing of a group that has long been subscribed', async () => {
    const account = new MemoryAccount();
    account.add(GROUP, WATCHED);

    await sweepLogGroups(account.deps());

    expect(account.told).toEqual([]);
  });
});

describe('sweepLogGroups', () => {
  test('goes on behind a group that is in trouble, and fails at the end', async () => {
    const account = new MemoryAccount();
    for (const name of ['a', 'b', 'c']) account.add(`/aws/lambda/${name}`);
    account.unreachable = '/aws/lambda/b';

    await expect(sweepLogGroups(account.deps())).rejects.toThrow('1 log groups could not be looked at');

    expect([...account.known]).toEqual(['a', 'c']);
  });

  test('goes on where the round before ran out of time, until each group was looked at', async () => {
    const account = new MemoryAccount();
    const names = Array.from({ length: 30 }, (_, index) => `/aws/lambda/f${String(index).padStart(2, '0')}`);
    for (const name of names) account.add(name, WATCHED);
    const deps = account.deps();
    const round = async () => {
      account.looked.length = 0;
      // Time for a dozen.
      await sweepLogGroups({ ...deps, remainingMs: () => (account.looked.length < 12 ? 900_000 : 0) });
      return account.looked;
    };

    const seen = [...(await round()), ...(await round()), ...(await round())];

    expect(seen.length).toBeLessThan(3 * 12 + 3 * 8);
    expect(new Set(seen)).toEqual(new Set(names));
  });

  test('asks once for the list, and looks at several groups at once', async () => {
    const account = new MemoryAccount();
    for (let index = 0; index < 20; index += 1) account.add(`/aws/lambda/f${index}`, WATCHED);
    const deps = account.deps();
    let found = 0;
    let [running, most] = [0, 0];
    const { describe: look, find } = deps.logGroups;
    const logGroups = {
      ...deps.logGroups,
      find: (name: string) => {
        found += 1;
        return find(name);
      },
      describe: async (group: ListedLogGroup) => {
        most = Math.max(most, ++running);
        const facts = await look(group);
        running -= 1;
        return facts;
      },
    };
    await sweepLogGroups({ ...deps, logGroups });

    expect([found, most]).toEqual([1, 8]);
  });
});
