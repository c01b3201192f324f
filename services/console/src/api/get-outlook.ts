import type { ForecastsAnswer } from '@lamplighter/contracts';
import type { Endpoint } from './api-request.ts';
import { expectAnswer } from './expect-answer.ts';

type Forecast = Extract<ForecastsAnswer, { kind: 'forecasts' }>['forecasts'][number]['forecasts'][number];

/** What is foreseen of a whole account: one metric, its widest band, how good the forecasts before it were. */
export type Outlook = Pick<Forecast, 'metric' | 'unit' | 'startsAt' | 'stepMs' | 'mean' | 'score'> & {
  readonly accountId: string;
  readonly region: string;
  readonly band?: Forecast['bands'][number];
};

/** An account stands before its functions, and so in the first page of its region. */
const FIRST = 1;
const METRIC = 'invocations';

/** `GET /api/outlook`: the calls that are ahead of the (first) account; null where nothing is forecast yet. */
export const getOutlook: Endpoint = async (_request, { services }): Promise<{ readonly outlook: Outlook | null }> => {
  const asked = await services.forecasts({ kind: 'forecasts', limit: FIRST });
  const { forecasts } = expectAnswer('prediction', asked, 'forecasts');
  const account = forecasts.find(({ resource }) => resource.type === 'account');
  const forecast = account?.forecasts.find(({ metric }) => metric === METRIC);
  if (account === undefined || forecast === undefined) return { outlook: null };
  const { metric, unit, startsAt, stepMs, mean, score, bands } = forecast;
  const { accountId, region } = account.resource;
  const [band] = bands.toSorted((a, b) => b.levelPct - a.levelPct);
  const known = { accountId, region, metric, unit, startsAt, stepMs, mean };
  return { outlook: { ...known, ...(band && { band }), ...(score && { score }) } };
};
