import type { Alert } from '../../../packages/contracts/src/index.ts';
import { ownCost } from '../../../packages/prediction/src/index.ts';
import type { House } from '../house/house.ts';
import { quantile } from '../live/words.ts';
import { auditedWindows } from '../story/audited-minute.ts';
import type { IdleCost } from '../story/idle.ts';
import type { Story } from '../story/story.ts';
import type { Chapter, ToldMinute } from '../story/told.ts';
import { type Judgement, judgeFaults } from './judge-faults.ts';
import { type ForecastFigures, scoreForecasts } from './score-forecasts.ts';
import { simulateSale, type TwinSale } from './twin-sale.ts';
import { type WatchedTotals, watchedTotals } from './watched-totals.ts';

/** A minute as guests felt it: real requests, real time. */
export interface MinuteFigures {
  readonly start: number;
  readonly requests: number;
  readonly failed: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** What the demo ends with, in figures: `.lamplighter/demo/report.json`. Times are epoch milliseconds of the story, money is USD. */
export interface DemoReport {
  readonly version: 1;
  readonly from: number;
  readonly until: number;
  readonly chapters: readonly Chapter[];
  readonly minutes: readonly MinuteFigures[];
  readonly idle: IdleCost;
  /** By the audit table, beside CloudWatch's count. */
  readonly watched: readonly WatchedTotals[];
  /** Of each function at most what was called: more of one makes up for no loss of another. */
  readonly completenessPct: number;
  readonly truth: Judgement;
  readonly forecasts: ForecastFigures;
  readonly alerts: readonly Pick<
    Alert,
    'alertId' | 'severity' | 'title' | 'state' | 'openedAt' | 'closedAt' | 'members'
  >[];
  /** Messages that reached the phone, and the chat. */
  readonly paged: number;
  readonly chatted: number;
  /** Calls at list price by the price book; Lamplighter's own share is computed from its design, not measured. */
  readonly cost: { readonly callsUsd: number; readonly lamplighterUsd: number };
  /** A request of the crisis to look at. */
  readonly slowRequestId?: string;
  readonly sale: TwinSale;
  /** Faults of the embedded AWS itself: none, or the story is not true. */
  readonly sandboxFaults: number;
}

/** Asks each service what became of the story, and holds it against what was done on purpose. */
export async function composeReport(house: House, story: Story): Promise<DemoReport> {
  const { from, until, chapters, idle, told, injected, pages } = story;
  const windows = await auditedWindows(house, from, until);
  const watched = await watchedTotals(house, windows, { from, until });
  const sum = (of: (one: WatchedTotals) => number): number => watched.reduce((total, one) => total + of(one), 0);
  const alerts = await house.alerts({ kind: 'recent', limit: 200 });
  const findings = await house.findings({ kind: 'recent', limit: 200 });
  const repairs = await house.remediations({ kind: 'recent', limit: 200 });
  const minutes = told.flatMap((one) => (one.kind === 'traffic' ? [minuteFigures(one.minute)] : []));
  const busy = windows.filter(({ invocations }) => invocations > 0);
  const watchedMinutes = {
    busyMinutes: busy.length,
    silentMinutes: windows.length - busy.length,
    accountMinutes: new Set(windows.map(({ start }) => start)).size,
  };
  const slowRequestId = slowest(windows, injected[0]);
  return {
    version: 1,
    from,
    until,
    chapters,
    minutes,
    idle,
    watched,
    completenessPct:
      (100 * sum(({ audited, invoked }) => Math.min(audited, invoked))) /
      Math.max(
        1,
        sum(({ invoked }) => invoked),
      ),
    truth: judgeFaults({
      injected,
      findings: findings.kind === 'findings' ? findings.findings : [],
      repairs: repairs.kind === 'remediations' ? repairs.remediations : [],
      toldAt: firstTold(story),
    }),
    forecasts: scoreForecasts(story.forecasts, windows, { from: minutes[0]?.start ?? until, until }),
    alerts: alerts.kind === 'alerts' ? alerts.alerts.map(briefAlert) : [],
    paged: pages.filter(({ channel }) => channel === 'pager').length,
    chatted: pages.filter(({ channel }) => channel === 'chat').length,
    cost: {
      callsUsd: sum(({ usd }) => usd),
      lamplighterUsd: ownCost({ invocations: sum(({ audited }) => audited), ...watchedMinutes }).totalUsd,
    },
    ...(slowRequestId !== undefined && { slowRequestId }),
    sale: simulateSale(),
    sandboxFaults: house.faults.length,
  };
}

function firstTold({ told }: Story): ReadonlyMap<string, number> {
  const times = told.flatMap((one) => (one.kind === 'finding' ? [[one.finding.findingId, one.at] as const] : []));
  // Of one id the first time is kept: it stands last here.
  return new Map(times.toReversed());
}

function minuteFigures({ start, requests, failed, latenciesMs }: ToldMinute): MinuteFigures {
  return { start, requests, failed, p50Ms: quantile(latenciesMs, 0.5), p95Ms: quantile(latenciesMs, 0.95) };
}

function briefAlert({ alertId, severity, title, state, openedAt, closedAt, members }: Alert) {
  const kept = { ...(closedAt !== undefined && { closedAt }), ...(members && { members }) };
  return { alertId, severity, title, state, openedAt, ...kept };
}

/** What an alert of several is about; of one its title says it. */
export const membersOf = ({ members = [] }: Pick<Alert, 'members'>): NonNullable<Alert['members']> =>
  members.length < 2 ? [] : members;

/** The slowest call in the minute after the first fault. */
function slowest(
  windows: Awaited<ReturnType<typeof auditedWindows>>,
  fault: Story['injected'][number] | undefined,
): string | undefined {
  if (fault === undefined) return undefined;
  const own = windows.find(
    ({ functionName, start, invocations }) =>
      functionName === fault.functionName && start >= fault.injectedAt - 60_000 && invocations > 0,
  );
  return own?.exampleRequestIds?.slowest[0];
}
