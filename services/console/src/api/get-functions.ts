import type { AuditQuery, CompletenessHour, FunctionWindow, WatchedFunction } from '@lamplighter/contracts';
import * as z from 'zod';
import { errorTypesOf, type FunctionView, failuresOf, functionView } from '../domain/function-view.ts';
import { type FindingItem, findingItem, type RemediationItem, remediationItem } from '../domain/list-items.ts';
import { lookUntil } from '../domain/look-until.ts';
import { type ApiDeps, type Endpoint, Paging, readInput } from './api-request.ts';
import { eachOf } from './each-of.ts';
import { answerIfAny, expectAnswer } from './expect-answer.ts';

/** A function's last hour, and how much of its last day was audited: of the hours that the ledger has recorded, or of its first one so far. */
export interface FleetRow {
  readonly functionName: string;
  readonly accountId: string;
  readonly region: string;
  readonly invocations: number;
  readonly failures: number;
  readonly coldStarts: number;
  readonly costUsd: number;
  /** Null where no hour of the last day was compared yet. */
  readonly completenessPct: number | null;
  readonly topError?: string;
}

export interface FunctionList {
  readonly functions: readonly WatchedFunction[];
  readonly cursor?: string;
}

export interface Fleet {
  readonly rows: readonly FleetRow[];
  readonly cursor?: string;
}

export interface FunctionPage {
  readonly view: FunctionView;
  readonly findings: readonly FindingItem[];
  readonly remediations: readonly RemediationItem[];
}

const HOUR_MS = 3_600_000;

/** `GET /api/functions?cursor`: names only, a thousand a page. */
export const getFunctions: Endpoint = async ({ query }, { services }): Promise<FunctionList> => {
  const { cursor } = readInput(Paging, query);
  const asked = await services.audit({ kind: 'functions', limit: 1000, ...(cursor && { cursor }) });
  const { functions, cursor: next } = expectAnswer('ingestion', asked, 'functions');
  return { functions, ...(next && { cursor: next }) };
};

/** `GET /api/fleet?cursor&limit`: the last hour of each function. Two questions a function, so it is asked for once a minute, not every three seconds. */
export const getFleet: Endpoint = async ({ query }, deps): Promise<Fleet> => {
  const { limit = 50, cursor } = readInput(Paging, query);
  const asked = await deps.services.audit({ kind: 'functions', limit, ...(cursor && { cursor }) });
  const { functions, cursor: next } = expectAnswer('ingestion', asked, 'functions');
  const until = lookUntil(deps.now());
  return { rows: await eachOf(functions, (one) => fleetRow(one, until, deps)), ...(next && { cursor: next }) };
};

async function fleetRow(
  { functionName, accountId, region }: WatchedFunction,
  until: number,
  deps: ApiDeps,
): Promise<FleetRow> {
  const scope = { functionName, accountId, region };
  const day = { since: until - 24 * HOUR_MS, until };
  const [minutes, recorded] = await Promise.all([
    deps.services.audit({ kind: 'windows', ...scope, since: until - HOUR_MS, until }),
    hoursOf({ ...scope, ...day, recordedOnly: true }, deps),
  ]);
  const windows = answerIfAny(minutes, 'windows')?.windows ?? [];
  const isNew = recorded.length === 0 && windows.length > 0;
  const hours = isNew ? await hoursOf({ ...scope, ...day }, deps) : recorded;
  const invoked = sumOf(hours, (hour) => hour.invoked);
  const audited = sumOf(hours, (hour) => Math.min(hour.audited, hour.invoked));
  const [topError] = errorTypesOf(windows);
  return {
    ...scope,
    invocations: sumOf(windows, ({ invocations }) => invocations),
    failures: sumOf(windows, failuresOf),
    coldStarts: sumOf(windows, ({ coldStarts }) => coldStarts),
    costUsd: sumOf(windows, ({ costUsd }) => costUsd),
    completenessPct: invoked === 0 ? null : (100 * audited) / invoked,
    ...(topError && { topError: topError.template }),
  };
}

/** To compare an hour that was not recorded is paid for by the metric: where there is one that was, it does. */
async function hoursOf(
  query: Omit<Extract<AuditQuery, { kind: 'completeness' }>, 'kind'>,
  { services }: ApiDeps,
): Promise<readonly CompletenessHour[]> {
  const answer = await services.audit({ kind: 'completeness', ...query });
  return answerIfAny(answer, 'completeness')?.hours ?? [];
}

const sumOf = <Item>(items: readonly Item[], figure: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + figure(item), 0);

const FunctionQuestion = z.object({
  name: z.string().min(1).max(200),
  hours: z.coerce.number().int().min(1).max(24).default(1),
});

/** `GET /api/function?name&hours`: a function's page over its last hours, with its findings and repairs. */
export const getFunction: Endpoint = async ({ query }, { services, now }): Promise<FunctionPage> => {
  const { name: functionName, hours } = readInput(FunctionQuestion, query);
  const until = lookUntil(now());
  const range = { since: until - hours * HOUR_MS, until };
  const [minutes, findings, repairs] = await Promise.all([
    services.audit({ kind: 'windows', functionName, ...range }),
    services.findings({ kind: 'by-function', functionName, limit: 50 }),
    services.remediations({ kind: 'recent', limit: 200 }),
  ]);
  const { windows } = expectAnswer('ingestion', minutes, 'windows');
  return {
    view: viewOf(functionName, windows, range),
    findings: (answerIfAny(findings, 'findings')?.findings ?? []).map(findingItem),
    remediations: (answerIfAny(repairs, 'remediations')?.remediations ?? [])
      .filter(({ resource }) => resource.name === functionName)
      .map(remediationItem),
  };
};

/** Summed up once for as long as an answer is kept: a day of minutes takes a tenth of a second, and every page that looks asks again. */
const views = new WeakMap<readonly FunctionWindow[], FunctionView>();

function viewOf(name: string, windows: readonly FunctionWindow[], range: Parameters<typeof functionView>[2]) {
  const view = views.get(windows) ?? functionView(name, windows, range);
  views.set(windows, view);
  return view;
}
