import { assessFunction, type FindingChange, groupFindings, newFunctionState } from '@lamplighter/diagnosis';
import { LamplighterError } from '@lamplighter/lambda-kit';
import { askingForTraces } from '../domain/asks-for-traces.ts';
import { entriesOfChanges } from '../domain/entries-of-changes.ts';
import type { FunctionNews } from '../domain/news/function-news.ts';
import { dependencyFacts } from '../domain/trace-sample.ts';
import type {
  AdviserPort,
  AssessmentPort,
  FindingPort,
  FunctionSettingsPort,
  PublishPort,
  StoredAssessment,
  TracePort,
} from '../ports.ts';

export interface AssessNewsDeps {
  readonly assessments: AssessmentPort;
  readonly findings: FindingPort;
  readonly settings: FunctionSettingsPort;
  readonly traces: TracePort;
  readonly adviser: AdviserPort;
  readonly publish: PublishPort;
  readonly now: () => number;
}

const MAX_TRIES = 10;
/** A function's settings are read again after so long, and after every deploy or change of them. */
const SETTINGS_FRESH_MS = 6 * 3_600_000;
const TRACES = 20;

/**
 * News of one function into its findings: assess, store what was found, tell it, note that it was told. Who dies in between is followed by a repetition of
 * the same news, which finds nothing new and tells what is still untold. @throws LamplighterError `ASSESSMENT_CONTENDED`
 */
export async function assessNews(news: FunctionNews, deps: AssessNewsDeps): Promise<void> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    if (await assessOnce(news, deps)) return;
  }
  throw new LamplighterError(
    'ASSESSMENT_CONTENDED',
    `Others assessed ${news.functionName} ${MAX_TRIES} times in a row; the news comes again.`,
  );
}

async function assessOnce(news: FunctionNews, deps: AssessNewsDeps): Promise<boolean> {
  const { stored, version } = await deps.assessments.read(news);
  const known = await withContext(news, stored, deps);
  const { state, changes } = await assessWithTraces(news, known, deps);
  const grouped = await inGroups(changes, deps);
  const untold = [...known.untold, ...grouped];
  const isUnchanged = stored !== undefined && grouped.length === 0 && untold.length === 0 && state === stored.state;
  if (isUnchanged) return true;
  const next: StoredAssessment = { ...known, state, untold };
  if ((await deps.assessments.write(news, next, { version, changes: grouped })) === 'conflict') return false;
  if (untold.length === 0) return true;
  await deps.publish(entriesOfChanges(untold));
  // Whoever wrote since then has taken the untold over, and tells them once more: with the same keys.
  await deps.assessments.write(news, { ...next, untold: [] }, { version: version + 1, changes: [] });
  return true;
}

/** A slow-down's cause is looked for in traces once, when it opens; what they tell is a fact like any other. */
async function assessWithTraces(news: FunctionNews, { state, context }: StoredAssessment, deps: AssessNewsDeps) {
  const now = deps.now();
  const first = assessFunction(state, { windows: news.windows, facts: news.facts, now }, context);
  const [slow] = askingForTraces(first.changes);
  if (slow === undefined) return first;
  const onset = slow.finding.openedAt;
  const slowest = slow.finding.evidence.flatMap(({ requestIds = [] }) => requestIds);
  const sample = await deps.traces(news, { onset, until: now, slowest, limit: TRACES });
  const facts = dependencyFacts(sample, { onset, observedAt: now, functionName: news.functionName });
  if (facts.length === 0) return first;
  // From the beginning, with the traces' facts: one finding that names its cause, not two revisions.
  return assessFunction(state, { windows: news.windows, facts: [...news.facts, ...facts], now }, context);
}

async function inGroups(
  changes: readonly FindingChange[],
  { findings, adviser }: AssessNewsDeps,
): Promise<FindingChange[]> {
  if (changes.length === 0) return [];
  const open = await findings.open();
  const others = open.filter(({ findingId }) => changes.every(({ finding }) => finding.findingId !== findingId));
  const grouped = groupFindings([...others, ...changes.map(({ finding }) => finding)]).slice(others.length);
  return Promise.all(
    changes.map(async (change, at) => {
      const finding = grouped[at]!;
      return { ...change, finding: change.change === 'opened' ? await adviser(finding) : finding };
    }),
  );
}

async function withContext(
  news: FunctionNews,
  stored: StoredAssessment | undefined,
  deps: AssessNewsDeps,
): Promise<StoredAssessment> {
  const now = deps.now();
  const hasChanged = news.facts.some(({ kind }) => kind === 'deploy' || kind === 'configuration-change');
  if (stored !== undefined && !hasChanged && now - stored.contextAt < SETTINGS_FRESH_MS) return stored;
  const { accountId, region, functionName } = news;
  const context = { accountId, region, functionName, ...(await deps.settings(news)) };
  return { state: newFunctionState(), untold: [], ...stored, context, contextAt: now };
}
