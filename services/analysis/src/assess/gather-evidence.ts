import {
  type Assessment,
  assessFunction,
  type Fact,
  findingsIn,
  type MetricMinute,
  type News,
  repeatedMessages,
} from '@lamplighter/diagnosis';
import type { StructuredLogger } from '@lamplighter/lambda-kit';
import { type AskedTraces, asksForMessages, asksForTraces } from '../domain/asks-for-evidence.ts';
import { asksForMetrics } from '../domain/asks-for-metrics.ts';
import type { FunctionNews } from '../domain/news/function-news.ts';
import { dependencyFacts } from '../domain/trace-sample.ts';
import type { CallPort, MetricPort, StoredAssessment, TracePort } from '../ports.ts';

export interface EvidenceDeps {
  readonly metrics: MetricPort;
  readonly calls: CallPort;
  readonly traces: TracePort;
  readonly logger: Pick<StructuredLogger, 'warn'>;
  readonly now: () => number;
}

const TRACES = 20;
const CALLS = 400;
const MESSAGES_BACK_MS = 1_800_000;
const LATENESS_MS = 600_000;

/**
 * The assessment of news with what others know of it: figures of CloudWatch, traces, messages that fail again and again. They are asked only where they can matter, and what
 * cannot be asked is no reason not to tell what is known: it is written down, and the finding stands without it.
 */
export async function assessWithEvidence(
  news: FunctionNews,
  stored: StoredAssessment,
  deps: EvidenceDeps,
): Promise<Assessment> {
  const { state, context } = stored;
  const now = deps.now();
  const told: News = { windows: news.windows, facts: news.facts, metrics: await metricsFor(news, stored, deps), now };
  const first = assessFunction(state, told, context);
  const facts = await factsFor(news, first, stored, deps);
  if (facts.length === 0) return first;
  // From the beginning, with what is known now: one finding that names its cause, not two revisions.
  return assessFunction(state, { ...told, facts: [...news.facts, ...facts] }, context);
}

async function metricsFor(
  news: FunctionNews,
  stored: StoredAssessment,
  deps: EvidenceDeps,
): Promise<readonly MetricMinute[]> {
  const question = asksForMetrics(news, stored, deps.now());
  if (question === undefined) return [];
  return unlessItFails(deps.metrics(news, question), 'metrics', news, deps);
}

async function factsFor(
  news: FunctionNews,
  { state }: Assessment,
  stored: StoredAssessment,
  deps: EvidenceDeps,
): Promise<Fact[]> {
  const findings = findingsIn(state, stored.context);
  if (news.windows.length === 0) return [];
  const newest = state.pending.at(-1)?.start ?? 0;
  const asked = asksForTraces(findings, state);
  const since = readsMessages(stored) ? asksForMessages(findings, state) : undefined;
  const [traced, repeated] = await Promise.all([
    asked === undefined ? [] : unlessItFails(tracedFacts(asked, news, deps), 'traces', news, deps),
    since === undefined ? [] : unlessItFails(messageFacts(since, newest, news, deps), 'messages', news, deps),
  ]);
  return [...traced, ...repeated];
}

const readsMessages = ({ sources }: StoredAssessment): boolean =>
  sources === undefined || sources.streams || sources.queues;

async function tracedFacts(asked: AskedTraces, news: FunctionNews, deps: EvidenceDeps): Promise<Fact[]> {
  const now = deps.now();
  const sample = await deps.traces(news, { onset: asked.onset, until: now, limit: TRACES });
  return dependencyFacts(sample, { ...asked, observedAt: now, functionName: news.functionName });
}

async function messageFacts(since: number, newest: number, news: FunctionNews, deps: EvidenceDeps): Promise<Fact[]> {
  const calls = await deps.calls(news, {
    since: Math.max(since, newest - MESSAGES_BACK_MS),
    until: deps.now(),
    limit: CALLS,
  });
  // What failed last long ago is settled in the state, and known.
  return repeatedMessages(calls).filter(({ at }) => at > newest - LATENESS_MS);
}

async function unlessItFails<T>(
  asked: Promise<readonly T[]>,
  source: string,
  { functionName }: FunctionNews,
  { logger }: EvidenceDeps,
): Promise<readonly T[]> {
  try {
    return await asked;
  } catch (error) {
    logger.warn('evidence was asked for and did not come', { functionName, source, error: error as Error });
    return [];
  }
}
