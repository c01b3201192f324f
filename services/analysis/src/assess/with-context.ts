import { type Assessment, newFunctionState } from '@lamplighter/diagnosis';
import type { StructuredLogger } from '@lamplighter/lambda-kit';
import type { FunctionNews } from '../domain/news/function-news.ts';
import { rememberRepairs } from '../domain/past-repairs.ts';
import type { EventSources, FunctionSettings, FunctionSettingsPort, StoredAssessment } from '../ports.ts';

export interface ContextDeps {
  readonly settings: FunctionSettingsPort;
  readonly logger: Pick<StructuredLogger, 'warn'>;
  readonly now: () => number;
}

/** A function's settings are read again after so long, and after every deploy or change of them. */
const FRESH_MS = 6 * 3_600_000;
/** And after so long where Lambda did not answer. */
const RETRY_MS = 5 * 60_000;

/** What is known of a function before news of it: its assessment, or a new one, with its settings as they are now and the repairs that the news tells. */
export async function withContext(
  news: FunctionNews,
  stored: StoredAssessment | undefined,
  deps: ContextDeps,
): Promise<StoredAssessment> {
  const now = deps.now();
  const known = withNews(stored ?? newAssessment(news), news);
  const hasChanged = news.facts.some(({ kind }) => kind === 'deploy' || kind === 'configuration-change');
  if (!hasChanged && now - known.contextAt < FRESH_MS) return known;
  return readAnew(news, known, deps);
}

/** Settings that were read so long before a finding opened may still be those of when it began. */
const JUST_READ_MS = 60_000;

/**
 * What is known of a function whose findings have just opened, with its settings as they are now, unless they were read just before: where no trail tells of calls, that says what was
 * changed, and when.
 */
export async function afterOpening(
  news: FunctionNews,
  { known, stored }: { readonly known: StoredAssessment; readonly stored: StoredAssessment | undefined },
  { changes }: Pick<Assessment, 'changes'>,
  deps: ContextDeps,
): Promise<StoredAssessment> {
  const hasOpened = changes.some(({ change }) => change === 'opened');
  const isRead = known.contextAt !== stored?.contextAt || deps.now() - known.contextAt <= JUST_READ_MS;
  return hasOpened && !isRead ? readAnew(news, known, deps) : known;
}

async function readAnew(news: FunctionNews, known: StoredAssessment, deps: ContextDeps): Promise<StoredAssessment> {
  const now = deps.now();
  try {
    return withSettings(known, await deps.settings(news), now);
  } catch (error) {
    const { functionName } = news;
    deps.logger.warn('settings could not be read: those that are known stand', { functionName, error: error as Error });
    return { ...known, contextAt: now - FRESH_MS + RETRY_MS };
  }
}

const newAssessment = ({ accountId, region, functionName }: FunctionNews): StoredAssessment => ({
  state: newFunctionState(),
  untold: [],
  groups: {},
  repairs: [],
  context: { accountId, region, functionName },
  contextAt: Number.NEGATIVE_INFINITY,
});

function withNews(known: StoredAssessment, { repairs, silenceMinutes }: FunctionNews): StoredAssessment {
  const context = silenceMinutes === undefined ? known.context : { ...known.context, silenceMinutes };
  return { ...known, context, repairs: rememberRepairs(known.repairs, repairs) };
}

function withSettings(known: StoredAssessment, read: FunctionSettings, now: number): StoredAssessment {
  const { sources, released, ...settings } = read;
  const { sources: _before, context, ...rest } = known;
  const { accountId, region, functionName, silenceMinutes } = context;
  return {
    ...rest,
    context: {
      accountId,
      region,
      functionName,
      ...(silenceMinutes !== undefined && { silenceMinutes }),
      ...settings,
      ...(sources && { hasEventSource: isFed(sources) }),
    },
    contextAt: now,
    ...(sources !== undefined && { sources }),
    ...(released !== undefined && { released }),
  };
}

const isFed = ({ streams, queues }: EventSources): boolean => streams || queues;
