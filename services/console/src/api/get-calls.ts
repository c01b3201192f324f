import type { InvocationSummary } from '@lamplighter/contracts';
import * as z from 'zod';
import { type CallItem, callItem, isFailedCall } from '../domain/call-item.ts';
import { functionLook } from '../domain/function-look.ts';
import { failuresOf } from '../domain/function-view.ts';
import type { Services } from '../ports.ts';
import { type Endpoint, FunctionOf, Instant, readInput, scopeOf } from './api-request.ts';
import { eachOf } from './each-of.ts';
import { expectAnswer } from './expect-answer.ts';

/** Calls of a function, the newest first. */
export interface CallList {
  readonly calls: readonly CallItem[];
  /** Whether there are older ones in the time that was asked for. */
  readonly hasMore: boolean;
}

const MINUTE_MS = 60_000;
const MOST_CALLS = 50;
/** Minutes with failures that are looked through, and calls that are looked at in each: a busy minute has thousands. */
const MOST_MINUTES = 20;
const MOST_PAGES = 3;
const PAGE = 1_000;

const Question = FunctionOf.extend({
  name: z.string().min(1).max(200),
  hours: z.coerce.number().int().min(1).max(24).default(1),
  until: Instant.optional(),
  only: z.enum(['failed', 'all']).default('failed'),
});

/** `GET /api/calls?name&account&region&hours&until&only`: a function's calls one by one, the newest fifty; those that failed, unless `only=all`. */
export const getCalls: Endpoint = async ({ query }, { services, now }): Promise<CallList> => {
  const { name: functionName, hours, until, only, ...of } = readInput(Question, query);
  const { since, until: end } = functionLook({ hours, until }, now());
  const scope = { functionName, ...scopeOf(of) };
  return only === 'all'
    ? newestCalls(services, { ...scope, since, until: end })
    : failedCalls(services, { ...scope, since, until: end });
};

interface Range {
  readonly functionName: string;
  readonly accountId?: string;
  readonly region?: string;
  readonly since: number;
  readonly until: number;
}

async function newestCalls({ audit }: Services, range: Range): Promise<CallList> {
  const asked = await audit({
    kind: 'by-function',
    ...range,
    newestFirst: true,
    withoutMessages: true,
    limit: MOST_CALLS,
  });
  const { invocations } = expectAnswer('ingestion', asked, 'invocations');
  return { calls: invocations.toSorted(newestFirst).map(callItem), hasMore: invocations.length === MOST_CALLS };
}

/** The minutes' figures tell where failures are, so that calls of a minute without any are never read. */
async function failedCalls(services: Services, range: Range): Promise<CallList> {
  const asked = await services.audit({ kind: 'windows', ...range });
  const minutes = expectAnswer('ingestion', asked, 'windows')
    .windows.filter((window) => failuresOf(window) > 0)
    .toSorted((a, b) => b.start - a.start);
  const looked: typeof minutes = [];
  let failures = 0;
  for (const minute of minutes) {
    if (failures >= MOST_CALLS || looked.length >= MOST_MINUTES) break;
    looked.push(minute);
    failures += failuresOf(minute);
  }
  const found = (await eachOf(looked, ({ start }) => failedIn(services, range, start), 5)).flat().toSorted(newestFirst);
  return {
    calls: found.slice(0, MOST_CALLS).map(callItem),
    hasMore: found.length > MOST_CALLS || looked.length < minutes.length,
  };
}

async function failedIn({ audit }: Services, range: Range, start: number): Promise<InvocationSummary[]> {
  const minute = { ...range, since: start, until: start + MINUTE_MS - 1 };
  const failed: InvocationSummary[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const asked = await audit({
      ...{ kind: 'by-function', ...minute, withoutMessages: true, limit: PAGE },
      ...(cursor !== undefined && { cursor }),
    });
    const told = expectAnswer('ingestion', asked, 'invocations');
    failed.push(...told.invocations.filter(isFailedCall));
    cursor = told.cursor;
    if (cursor === undefined) break;
  }
  return failed;
}

const newestFirst = (a: Pick<InvocationSummary, 'startedAt'>, b: Pick<InvocationSummary, 'startedAt'>): number =>
  (b.startedAt ?? 0) - (a.startedAt ?? 0);
