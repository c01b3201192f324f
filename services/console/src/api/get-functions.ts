import type { FunctionWindow, WatchedFunction } from '@lamplighter/contracts';
import type { RunsOn } from '@lamplighter/pricing';
import * as z from 'zod';
import { besideMinutes, type ChangeItem } from '../domain/change-item.ts';
import { type FunctionLook, functionLook } from '../domain/function-look.ts';
import { isOf } from '../domain/function-scope.ts';
import { type FunctionView, functionView } from '../domain/function-view.ts';
import { type FindingItem, findingItem, type RemediationItem, remediationItem } from '../domain/list-items.ts';
import type { ServiceName } from '../ports.ts';
import { type Endpoint, FunctionOf, Instant, Paging, readInput, scopeOf } from './api-request.ts';
import { answerIfAny, expectAnswer } from './expect-answer.ts';
import { listen } from './listen.ts';
import { runsOn } from './runs-on.ts';

export interface FunctionList {
  readonly functions: readonly WatchedFunction[];
  readonly cursor?: string;
}

export interface FunctionPage {
  readonly view: FunctionView;
  readonly findings: readonly FindingItem[];
  readonly remediations: readonly RemediationItem[];
  /** Deploys and changed settings of the time that is shown, and of the hour before it, oldest first. */
  readonly changes: readonly ChangeItem[];
  /** Services that did not tell what they know of it. */
  readonly unanswered: readonly ServiceName[];
}

const HOUR_MS = 3_600_000;

/** `GET /api/functions?cursor`: names only, a thousand a page. */
export const getFunctions: Endpoint = async ({ query }, { services }): Promise<FunctionList> => {
  const { cursor } = readInput(Paging, query);
  const asked = await services.audit({ kind: 'functions', limit: 1000, ...(cursor && { cursor }) });
  const { functions, cursor: next } = expectAnswer('ingestion', asked, 'functions');
  return { functions, ...(next && { cursor: next }) };
};

const FunctionQuestion = FunctionOf.extend({
  name: z.string().min(1).max(200),
  hours: z.coerce.number().int().min(1).max(24).default(1),
  until: Instant.optional(),
});

/**
 * `GET /api/function?name&account&region&hours&until`: a function's page over its last hours, or over those until an instant of the past, with its
 * findings and repairs, and what was changed.
 */
export const getFunction: Endpoint = async ({ query }, { services, now }): Promise<FunctionPage> => {
  const { name: functionName, hours, until: asked, ...of } = readInput(FunctionQuestion, query);
  const scope = scopeOf(of);
  const look = functionLook({ hours, until: asked }, now());
  const { since, until } = look;
  const heard = listen(services);
  const [its, minutes, findings, repairs, changed] = await Promise.all([
    runsOn({ functionName, ...scope }, heard.services),
    heard.services.audit({ kind: 'windows', functionName, ...scope, since, until }),
    heard.services.findings({ kind: 'by-function', functionName, ...scope, limit: asked === undefined ? 50 : 200 }),
    heard.services.remediations({ kind: 'recent', limit: 200 }),
    heard.services.findings({
      ...{ kind: 'changes', functionName, ...scope },
      ...{ since: Math.max(0, since - HOUR_MS), until },
    }),
  ]);
  const { windows } = expectAnswer('ingestion', minutes, 'windows');
  return {
    view: viewOf(functionName, windows, { ...look, ...its }),
    findings: (answerIfAny(findings, 'findings')?.findings ?? []).map(findingItem),
    remediations: (answerIfAny(repairs, 'remediations')?.remediations ?? [])
      .filter(isOf({ name: functionName, ...scope }, answerIfAny(findings, 'findings')?.findings ?? []))
      .map(remediationItem),
    changes: besideMinutes(answerIfAny(changed, 'changes')?.changes ?? []),
    unanswered: heard.unanswered(),
  };
};

/** Summed up once for as long as an answer is kept: a day of minutes takes a tenth of a second, and every page that looks asks again. */
const views = new WeakMap<readonly FunctionWindow[], { readonly pricedFor: string; readonly view: FunctionView }>();

function viewOf(name: string, windows: readonly FunctionWindow[], look: FunctionLook & RunsOn): FunctionView {
  const pricedFor = `${look.architecture} ${look.architectureSince}`;
  const kept = views.get(windows);
  if (kept?.pricedFor === pricedFor) return kept.view;
  const view = functionView(name, windows, look);
  views.set(windows, { pricedFor, view });
  return view;
}
