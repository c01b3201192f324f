import type { Advice } from '../src/domain/advised-finding.ts';

/** Keep so many environments ready by day; `nothing` where none. */
export function anAdvice(functionName: string, concurrency: number, advisedAt: number): Advice {
  const resource = {
    accountId: '123456789012',
    region: 'us-east-1',
    type: 'lambda-function',
    name: functionName,
  } as const;
  const isNothing = concurrency === 0;
  return {
    adviceId: `provisioning/123456789012/us-east-1/${functionName}/${advisedAt}`,
    advisedAt,
    resource,
    advised: isNothing ? 'nothing' : 'provisioned-concurrency',
    options: [
      { way: 'nothing', extraUsdPerDay: 0, p99Ms: 1_080, note: 'As it is.' },
      { way: 'provisioned-concurrency', extraUsdPerDay: 0.375, p99Ms: 180, note: 'Needs a version or an alias.' },
    ],
    basis: { days: 14, coldSharePct: 2.1 },
    ...(!isNothing && {
      schedule: {
        functionName,
        qualifier: 'live',
        actions: [
          { name: 'lamplighter-07', schedule: 'cron(55 6 * * ? *)', concurrency },
          { name: 'lamplighter-22', schedule: 'cron(0 22 * * ? *)', concurrency: 0 },
        ],
      },
    }),
  };
}
