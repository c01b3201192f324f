import { type ForecastsAnswer, ForecastsQuery, type ResourceForecast } from '@lamplighter/contracts';
import { answerQuestion } from '@lamplighter/lambda-kit/answer-question';
import { withAccountsSummed } from '../../domain/accounts-summed.ts';
import { viewAsOf } from '../../domain/cost-as-of.ts';
import { costsOfStacks } from '../../domain/costs-of-stacks.ts';
import { type BreachEvent, type CapacityView, capacityOf, type ForecastView } from '../../domain/forecast-view.ts';
import { ownCostOf } from '../../domain/own-cost-of.ts';
import { pageOf } from '../../domain/page-of.ts';
import type { AccountIdentity } from '../../domain/subject.ts';
import type { ForecastPort } from '../../ports.ts';

const BREACHES = 50;

export interface QueryDeps {
  readonly forecasts: ForecastPort;
  readonly now: () => number;
}

/** Answers a question about forecasts: costs as of now, the rest as it was last foreseen. */
export const queryForecasts = (question: unknown, deps: QueryDeps): Promise<ForecastsAnswer> =>
  answerQuestion(ForecastsQuery, question, (query) => answer(query, deps));

async function answer(query: ForecastsQuery, { forecasts, now }: QueryDeps): Promise<ForecastsAnswer> {
  const accounts = (await forecasts.accounts()).filter((account) => isWithin(query, account));
  const capacities = async () => (await Promise.all(accounts.map((account) => forecasts.capacities(account)))).flat();
  if (query.kind === 'breaches') {
    const limit = query.limit ?? BREACHES;
    const { changes, functionName } = query;
    const all = await Promise.all(
      accounts.map((account) => forecasts.breaches(account, { limit, changes, functionName })),
    );
    return { kind: 'breaches', breaches: newestFirst(all.flat()).slice(0, limit) };
  }
  if (query.kind === 'capacity') return { kind: 'capacity', resources: capacityOf(await capacities()) };
  const stored = (await Promise.all(accounts.map((account) => forecasts.views(account)))).flat();
  const all = withAccountsSummed(stored.map((view) => viewAsOf(view, now())));
  const asked = all.filter(({ resource }) => query.functionName === undefined || resource.name === query.functionName);
  if (query.kind === 'forecasts') {
    const { items, ...more } = pageOf(asked.map(asAnswered), keyOf, query);
    return { kind: 'forecasts', forecasts: items, ...more };
  }
  if (query.kind === 'scores') {
    // Asked for one function, nobody wants to hear of streams.
    const others = query.functionName === undefined ? await capacities() : [];
    const { items, ...more } = pageOf([...scoresOf(asked, 0), ...scoresOf(others, 1)], ({ key }) => key, query);
    return { kind: 'scores', scores: items.map(({ score }) => score), ...more };
  }
  const costs = asked.map(costOf);
  return {
    kind: 'costs',
    costs,
    services: costsOfStacks(asked),
    lamplighter: ownCostOf(all, await capacities()),
  };
}

/** What is kept of a function beside it is answered to other questions. */
const asAnswered = ({ resource, forecasts, cost, limits }: ForecastView): ResourceForecast => ({
  resource,
  forecasts,
  cost,
  limits,
});

const costOf = ({ resource, cost, architecture, architectureSince }: ForecastView) => ({
  resource,
  cost,
  ...(architecture !== undefined && { architecture }),
  ...(architectureSince !== undefined && { architectureSince }),
});

/** In the order of forecasts, so that the first of both are of the same functions; what functions use comes behind them all. */
const scoresOf = (views: readonly (ForecastView | CapacityView)[], rank: 0 | 1) =>
  views
    .flatMap(({ scores }) => scores ?? [])
    .filter(({ ways }) => ways.length > 0)
    .map((score) => ({ key: `${rank}/${keyOf(score)}/${score.metric}`, score }));

const keyOf = ({ resource: { accountId, region, type, name } }: Pick<ForecastView, 'resource'>): string =>
  [accountId, region, type, name].join('/');

/** By when each was first told: ids end with it. */
const newestFirst = (breaches: readonly BreachEvent[]): BreachEvent[] =>
  breaches.toSorted((a, b) => sinceOf(b) - sinceOf(a));

const sinceOf = ({ breachId }: BreachEvent): number => Number(breachId.slice(breachId.lastIndexOf('/') + 1));

type Asked = { readonly [Key in keyof AccountIdentity]?: string | undefined };

const isWithin = (query: Asked, { accountId, region }: AccountIdentity): boolean =>
  (query.accountId ?? accountId) === accountId && (query.region ?? region) === region;
