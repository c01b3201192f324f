import { type Assessment, findingsIn } from '@lamplighter/diagnosis';
import { LamplighterError } from '@lamplighter/lambda-kit';
import { highestVersion } from '../domain/changes/first-seen.ts';
import { withSettingsFound } from '../domain/changes/settings-found.ts';
import { entriesOfChanges } from '../domain/entries-of-changes.ts';
import { type FunctionNews, halves } from '../domain/news/function-news.ts';
import type { AssessmentPort, PublishPort, StoredAssessment } from '../ports.ts';
import { askedOnce } from './asked-once.ts';
import { type CompletionDeps, completeChanges } from './complete-changes.ts';
import { assessWithEvidence, type EvidenceDeps } from './gather-evidence.ts';
import { type NotingDeps, noteChanges } from './note-changes.ts';
import { afterOpening, type ContextDeps, withContext } from './with-context.ts';

export interface AssessNewsDeps extends EvidenceDeps, CompletionDeps, ContextDeps, NotingDeps {
  readonly assessments: AssessmentPort;
  readonly publish: PublishPort;
}

const MAX_TRIES = 10;
/** A transaction holds a hundred rows: the assessment and its findings. What changes more is taken in two. */
const MOST_CHANGES = 99;
/** While the bus refuses, no more than these wait in the assessment: then they are told first, and what is new waits in the queue. */
const MOST_UNTOLD = 20;

/**
 * News of one function into its findings: assess, store what was found, tell it, note that it was told. Who dies in between is followed by a repetition of
 * the same news, which finds nothing new and tells what is still untold. @throws LamplighterError `ASSESSMENT_CONTENDED`
 */
export async function assessNews(news: FunctionNews, deps: AssessNewsDeps): Promise<void> {
  const asking = askedOnce(deps);
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const outcome = await assessOnce(news, asking);
    if (outcome === 'assessed') return;
    if (outcome === 'too-much') {
      const [older, newer] = halves(news)!;
      await assessNews(older, deps);
      return assessNews(newer, deps);
    }
  }
  throw new LamplighterError(
    'ASSESSMENT_CONTENDED',
    `Others assessed ${news.functionName} ${MAX_TRIES} times in a row; the news comes again.`,
  );
}

type Outcome = 'assessed' | 'contended' | 'too-much';

async function assessOnce(news: FunctionNews, deps: AssessNewsDeps): Promise<Outcome> {
  const { stored, version } = await deps.assessments.read(news);
  if (stored !== undefined && stored.untold.length >= MOST_UNTOLD) {
    await tell(news, stored, version, deps);
    return 'contended';
  }
  const read = await withContext(news, stored, deps);
  const { news: told, now: known } = withSettingsFound(news, { before: stored, now: read, state: read.state });
  const first = await assessWithEvidence(told, known, deps);
  const asked = await afterOpening(news, { known, stored }, first, deps);
  const { news: more, now: looked } = withSettingsFound(told, { before: known, now: asked, state: first.state });
  // From the beginning, with what was changed just before.
  const assessed = more === told ? first : await assessWithEvidence(more, looked, deps);
  if (assessed.changes.length > MOST_CHANGES && halves(news) !== undefined) return 'too-much';
  noteRefused(news, assessed, deps);
  await noteChanges(news, stored, { ...looked, state: assessed.state }, deps);
  const next = await nextOf(looked, assessed, deps);
  const isUnchanged =
    stored !== undefined &&
    next.told.length === 0 &&
    next.assessment.untold.length === 0 &&
    next.assessment.state === stored.state &&
    next.assessment.repairs === stored.repairs &&
    next.assessment.contextAt === stored.contextAt;
  if (isUnchanged) return 'assessed';
  const written = await deps.assessments.write(news, next.assessment, { version, changes: next.told });
  if (written === 'conflict') return 'contended';
  if (next.assessment.untold.length > 0) await tell(news, next.assessment, version + 1, deps);
  return 'assessed';
}

async function nextOf(known: StoredAssessment, { state, changes }: Assessment, deps: AssessNewsDeps) {
  const { changes: told, groups } = await completeChanges(changes, known, deps);
  const untold = [...known.untold, ...told];
  const remembered = new Set(findingsIn(state, known.context).map(({ findingId }) => findingId));
  const kept = Object.fromEntries(Object.entries(groups).filter(([findingId]) => remembered.has(findingId)));
  const highest = highestVersion(state, known.highestVersion);
  const versions = highest === undefined ? {} : { highestVersion: highest };
  return { told, assessment: { ...known, ...versions, state, untold, groups: kept } satisfies StoredAssessment };
}

/** Tells what is untold and notes it. Whoever wrote in between has taken the untold over, and tells them once more: with the same keys. */
async function tell(
  news: FunctionNews,
  stored: StoredAssessment,
  version: number,
  deps: AssessNewsDeps,
): Promise<void> {
  await deps.publish(entriesOfChanges(stored.untold));
  await deps.assessments.write(news, { ...stored, untold: [] }, { version, changes: [] });
}

function noteRefused({ functionName }: FunctionNews, { refused }: Assessment, { logger }: AssessNewsDeps): void {
  if (refused.length === 0) return;
  logger.warn('some of the news was not used', { functionName, count: refused.length, refused: refused.slice(0, 5) });
}
