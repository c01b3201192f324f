import type { AuditQuery, CompletenessHour, FunctionWindow, WatchedFunction } from '@lamplighter/contracts';
import { type RunsOn, windowsAsRun } from '@lamplighter/pricing';
import { isSame } from '../domain/function-scope.ts';
import { errorTypesOf, failuresOf } from '../domain/function-view.ts';
import { lookFirst } from '../domain/look-first.ts';
import { lookUntil } from '../domain/look-until.ts';
import type { ServiceName, Services } from '../ports.ts';
import { knownFunctions } from '../search/known-functions.ts';
import { type Endpoint, Paging, readInput } from './api-request.ts';
import { eachOf } from './each-of.ts';
import { answerIfAny, expectAnswer } from './expect-answer.ts';
import { listen } from './listen.ts';

/** A function's last hour, and how much of its last day was audited: of the hours that the ledger has recorded, or of its first one so far. Figures are null where the audit did not tell them. */
export interface FleetRow {
  readonly functionName: string;
  readonly accountId: string;
  readonly region: string;
  readonly invocations: number | null;
  readonly failures: number | null;
  readonly coldStarts: number | null;
  readonly costUsd: number | null;
  /** Null where no hour of the last day was compared yet. */
  readonly completenessPct: number | null;
  /** Nothing is recorded yet: its first hour as it compares now, whose newest calls are still on their way. */
  readonly isFirstHour: boolean;
  /** The ledger may not read its log group: what is missing cannot be found again. */
  readonly isUnreadable: boolean;
  readonly topError?: string;
}

export interface Fleet {
  /** Those that somebody would look at first, first: with open findings, then the dearest, then by name. */
  readonly rows: readonly FleetRow[];
  /** How many functions there are; the least where `hasMore`. */
  readonly functions: number;
  readonly hasMore: boolean;
  /** What all of them cost in the last hour, by what the prediction service wrote of them, USD; null where it knows of none. One whose figures are older than an hour counts as silent. */
  readonly lastHourUsd: number | null;
  /** Services that did not tell what they know of it. */
  readonly unanswered: readonly ServiceName[];
}

const HOUR_MS = 3_600_000;
/** From then on nothing more is asked: what was may take eight seconds more, and the function ends after 29. */
const LONGEST_MS = 12_000;

/**
 * `GET /api/fleet?limit`: the last hour of the functions that matter most, and what all of them cost. Two questions a function of those alone, so
 * a look costs the same however many there are; it is asked for once a minute, not every three seconds.
 */
export const getFleet: Endpoint = async ({ query }, { services, now }): Promise<Fleet> => {
  const began = now();
  const isLate = (): boolean => now() - began > LONGEST_MS;
  const { limit = 50 } = readInput(Paging.pick({ limit: true }), query);
  const heard = listen(services);
  // The answer is kept for the names below: where there is none, there is nothing to show, and why not is told.
  expectAnswer('ingestion', await heard.services.audit({ kind: 'functions', limit: 1000 }), 'functions');
  const [{ functions, hasMore }, findings, costs] = await Promise.all([
    knownFunctions(heard.services, now),
    heard.services.findings({ kind: 'open' }),
    heard.services.forecasts({ kind: 'costs' }),
  ]);
  const priced = answerIfAny(costs, 'costs')?.costs.filter(({ resource }) => resource.type === 'lambda-function');
  const open = answerIfAny(findings, 'findings')?.findings ?? [];
  const first = lookFirst(functions, { findings: open, costs: priced ?? [] }).slice(0, limit);
  const look = { until: lookUntil(now()), isLate };
  const runsOnOf = ({ functionName: name, accountId, region }: WatchedFunction): RunsOn =>
    priced?.find(({ resource }) => isSame(resource, { name, accountId, region })) ?? {};
  const lookAt = async (one: WatchedFunction): Promise<FleetRow> =>
    rowOf(one, isLate() ? {} : await figuresOf(one, look, heard.services), runsOnOf(one));
  return {
    rows: await eachOf(first, lookAt),
    functions: functions.length,
    hasMore,
    lastHourUsd: priced?.length ? sumOf(priced, ({ cost }) => cost.lastHourUsd) : null,
    unanswered: heard.unanswered(),
  };
};

/** What the audit told of a function; absent what it did not. */
interface Told {
  readonly windows?: readonly FunctionWindow[] | undefined;
  readonly hours?: readonly CompletenessHour[] | undefined;
  readonly isFirstHour?: boolean;
}

async function figuresOf(
  { functionName, accountId, region }: WatchedFunction,
  { until, isLate }: { readonly until: number; readonly isLate: () => boolean },
  services: Services,
): Promise<Told> {
  const scope = { functionName, accountId, region };
  const day = { since: until - 24 * HOUR_MS, until };
  const [minutes, recorded] = await Promise.all([
    services.audit({ kind: 'windows', ...scope, since: until - HOUR_MS, until }),
    hoursOf({ ...scope, ...day, recordedOnly: true }, services),
  ]);
  const windows = answerIfAny(minutes, 'windows')?.windows;
  const isFirstHour = recorded?.length === 0 && windows !== undefined && windows.length > 0;
  const hours = isFirstHour && !isLate() ? await hoursOf({ ...scope, ...day }, services) : recorded;
  return { windows, hours, isFirstHour };
}

function rowOf(
  { functionName, accountId, region }: WatchedFunction,
  { windows: audited, hours = [], isFirstHour = false }: Told,
  runsOn: RunsOn,
): FleetRow {
  const windows = audited && windowsAsRun(audited, runsOn);
  const invoked = sumOf(hours, (hour) => hour.invoked);
  const found = sumOf(hours, (hour) => Math.min(hour.audited, hour.invoked));
  const figure = (of: (window: FunctionWindow) => number): number | null => (windows ? sumOf(windows, of) : null);
  const [topError] = errorTypesOf(windows ?? []);
  return {
    ...{ functionName, accountId, region },
    invocations: figure(({ invocations }) => invocations),
    failures: figure(failuresOf),
    coldStarts: figure(({ coldStarts }) => coldStarts),
    costUsd: figure(({ costUsd }) => costUsd),
    completenessPct: invoked === 0 ? null : (100 * found) / invoked,
    isFirstHour,
    isUnreadable: hours.some(({ unreadable }) => unreadable === true),
    ...(topError && { topError: topError.template }),
  };
}

/** To compare an hour that was not recorded is paid for by the metric: where there is one that was, it does. Undefined where it was not told. */
async function hoursOf(
  query: Omit<Extract<AuditQuery, { kind: 'completeness' }>, 'kind'>,
  { audit }: Services,
): Promise<readonly CompletenessHour[] | undefined> {
  return answerIfAny(await audit({ kind: 'completeness', ...query }), 'completeness')?.hours;
}

const sumOf = <Item>(items: readonly Item[], figure: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + figure(item), 0);
