import { type ForecastsAnswer, ForecastsQuery } from '@lamplighter/contracts';
import { ownCost } from '@lamplighter/prediction';
import { viewAsOf } from '../../domain/cost-as-of.ts';
import { costsOfStacks } from '../../domain/costs-of-stacks.ts';
import { type BreachEvent, capacityOf, type ForecastView } from '../../domain/forecast-view.ts';
import type { AccountIdentity } from '../../domain/subject.ts';
import type { ForecastPort } from '../../ports.ts';

const BREACHES = 50;
/** Figures are looked at every five minutes near their limit, every fifteen far from it: most are far. */
const MINUTES_A_LOOK = 12;

export interface QueryDeps {
  readonly forecasts: ForecastPort;
  readonly now: () => number;
}

/** Answers a question about forecasts: costs as of now, the rest as it was last foreseen. */
export async function queryForecasts(question: unknown, { forecasts, now }: QueryDeps): Promise<ForecastsAnswer> {
  const parsed = ForecastsQuery.safeParse(question);
  if (!parsed.success) return { kind: 'invalid-query', reason: parsed.error.issues[0]?.message ?? 'no query' };
  const query = parsed.data;
  const accounts = (await forecasts.accounts()).filter((account) => isWithin(query, account));
  const capacities = async () => (await Promise.all(accounts.map((account) => forecasts.capacities(account)))).flat();
  if (query.kind === 'breaches') {
    const limit = query.limit ?? BREACHES;
    const all = await Promise.all(accounts.map((account) => forecasts.breaches(account, limit)));
    return { kind: 'breaches', breaches: newestFirst(all.flat()).slice(0, limit) };
  }
  if (query.kind === 'capacity') return { kind: 'capacity', resources: capacityOf(await capacities()) };
  const stored = (await Promise.all(accounts.map((account) => forecasts.views(account)))).flat();
  const all = stored.map((view) => viewAsOf(view, now()));
  const asked = all.filter(({ resource }) => query.functionName === undefined || resource.name === query.functionName);
  if (query.kind === 'forecasts') return { kind: 'forecasts', forecasts: asked };
  if (query.kind === 'scores') {
    // Asked for one function, nobody wants to hear of streams.
    const others = query.functionName === undefined ? await capacities() : [];
    const scores = [...asked, ...others].flatMap((view) => view.scores ?? []);
    return { kind: 'scores', scores: scores.filter(({ ways }) => ways.length > 0) };
  }
  const costs = asked.map(({ resource, cost }) => ({ resource, cost }));
  return {
    kind: 'costs',
    costs,
    services: costsOfStacks(asked),
    lamplighter: ownCostOf(all, (await capacities()).length),
  };
}

/** By when each was first told: ids end with it. */
const newestFirst = (breaches: readonly BreachEvent[]): BreachEvent[] =>
  breaches.toSorted((a, b) => sinceOf(b) - sinceOf(a));

const sinceOf = ({ breachId }: BreachEvent): number => Number(breachId.slice(breachId.lastIndexOf('/') + 1));

type Asked = { readonly [Key in keyof AccountIdentity]?: string | undefined };

const isWithin = (query: Asked, { accountId, region }: AccountIdentity): boolean =>
  (query.accountId ?? accountId) === accountId && (query.region ?? region) === region;

/** Calls of functions alone: an account's are theirs. */
function ownCostOf(views: readonly ForecastView[], gauges: number) {
  const accountMinutes = views
    .filter(({ resource }) => resource.type === 'account')
    .reduce((sum, { watched }) => sum + watched.busyMinutes + (watched.silentMinutes ?? 0), 0);
  const functions = views.filter(({ resource }) => resource.type === 'lambda-function');
  const total = (of: (view: ForecastView) => number): number => functions.reduce((sum, view) => sum + of(view), 0);
  const { totalUsd, parts } = ownCost({
    invocations: total(({ watched }) => watched.invocations),
    busyMinutes: total(({ watched }) => watched.busyMinutes),
    silentMinutes: total(({ watched }) => watched.silentMinutes ?? 0),
    accountMinutes,
    capacityLooks: (gauges * accountMinutes) / MINUTES_A_LOOK,
  });
  return { monthUsd: totalUsd, parts: [...parts] };
}
