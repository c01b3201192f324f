import type { ForecastsAnswer, ForecastsQuery } from '@lamplighter/contracts';
import * as z from 'zod';
import { AHEAD, aheadFirst } from '../domain/ahead.ts';
import { costTotals } from '../domain/cost-totals.ts';
import type { Asked } from '../ports.ts';
import { type Endpoint, FunctionOf, readInput, scopeOf } from './api-request.ts';
import { answerIfAny, expectAnswer } from './expect-answer.ts';

type Of<Kind extends ForecastsAnswer['kind']> = Extract<ForecastsAnswer, { kind: Kind }>;

/** What is foreseen, and what things cost. */
export interface ForecastPage {
  /** The first ones of many; empty where the prediction service does not say. */
  readonly forecasts: Of<'forecasts'>['forecasts'];
  readonly hasMoreForecasts: boolean;
  /** What functions use: streams, tables, databases, APIs. */
  readonly capacity: Of<'capacity'>['resources'];
  /** How good the forecasts of each series were. */
  readonly scores: Of<'scores'>['scores'];
  readonly breaches: Of<'breaches'>['breaches'];
  readonly costs: Of<'costs'>['costs'];
  /** By CloudFormation stack, dearest first. */
  readonly stacks: NonNullable<Of<'costs'>['services']>;
  /** Null where the prediction service does not say. */
  readonly lamplighter: Of<'costs'>['lamplighter'] | null;
  /** What the prediction service did not answer, though it answered something: of that nothing is known, which is not that nothing is there. */
  readonly unanswered: readonly ForecastsQuery['kind'][];
}

/** What a page can show; each function has a page of its own. */
const MOST_FORECASTS = 200;
const MOST_SCORES = 600;
const MOST_BREACHES = 50;

const Question = FunctionOf.extend({ name: z.string().min(1).max(200).optional() });

/** `GET /api/forecasts?name&account&region`: of everything, or of one function; of that not what it uses, and only limits of its own. */
export const getForecasts: Endpoint = async ({ query }, { services }): Promise<ForecastPage> => {
  const { name, ...of } = readInput(Question, query);
  const scope = name === undefined ? {} : { functionName: name, ...scopeOf(of) };
  const [forecasts, ahead, breaches, costs, scores, capacity] = await Promise.all([
    services.forecasts({ kind: 'forecasts', limit: MOST_FORECASTS, ...scope }),
    services.forecasts({ kind: 'breaches', changes: [...AHEAD], limit: MOST_BREACHES, ...scope }),
    services.forecasts({ kind: 'breaches', limit: MOST_BREACHES, ...scope }),
    services.forecasts({ kind: 'costs', ...scope }),
    services.forecasts({ kind: 'scores', limit: MOST_SCORES, ...scope }),
    name === undefined ? services.forecasts({ kind: 'capacity' }) : undefined,
  ]);
  const priced = answerIfAny(costs, 'costs');
  // One question that fails leaves the others; where none is answered, why says the first.
  const foreseen = priced ? answerIfAny(forecasts, 'forecasts') : expectAnswer('prediction', forecasts, 'forecasts');
  return {
    forecasts: foreseen?.forecasts ?? [],
    hasMoreForecasts: foreseen?.cursor !== undefined,
    breaches: aheadFirst(breachesIn(ahead), breachesIn(breaches)).filter(
      ({ resource }) => name === undefined || resource.name === name,
    ),
    capacity: (capacity && answerIfAny(capacity, 'capacity')?.resources) ?? [],
    scores: answerIfAny(scores, 'scores')?.scores ?? [],
    costs: priced?.costs ?? [],
    stacks: priced?.services ?? [],
    lamplighter: priced?.lamplighter ?? null,
    unanswered: [
      ...silent(forecasts, 'forecasts'),
      ...new Set([...silent(ahead, 'breaches'), ...silent(breaches, 'breaches')]),
      ...silent(costs, 'costs'),
      ...silent(scores, 'scores'),
      ...(capacity ? silent(capacity, 'capacity') : []),
    ],
  };
};

const breachesIn = (asked: Asked<ForecastsAnswer>): Of<'breaches'>['breaches'] =>
  answerIfAny(asked, 'breaches')?.breaches ?? [];

const silent = (asked: Asked<ForecastsAnswer>, kind: ForecastsQuery['kind']) =>
  answerIfAny(asked, kind) === undefined ? [kind] : [];

/** What everything that is watched costs, and Lamplighter itself, in USD. */
export interface CostTotals {
  readonly todaySoFarUsd: number;
  readonly todayUsd: number;
  readonly monthSoFarUsd: number;
  readonly monthUsd: number;
  /** Of this month, computed from its design; null where the prediction service does not say. */
  readonly lamplighterMonthUsd: number | null;
  /** What stands beside it, a month, whatever is watched; null where it is not told. */
  readonly lamplighterStandingUsd: number | null;
}

/** `GET /api/costs`: sums alone, for a look at everything. */
export const getCosts: Endpoint = async (_request, { services }): Promise<CostTotals> => {
  const { costs, lamplighter } = expectAnswer('prediction', await services.forecasts({ kind: 'costs' }), 'costs');
  const { monthUsd, standingMonthUsd = null } = lamplighter;
  return { ...costTotals(costs), lamplighterMonthUsd: monthUsd, lamplighterStandingUsd: standingMonthUsd };
};
