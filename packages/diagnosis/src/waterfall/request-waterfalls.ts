import type { InvocationStory } from '@lamplighter/contracts';
import { spansByRun } from './run.ts';
import { type Waterfall, waterfall } from './waterfall.ts';

/** Where the time of one attempt of a request went. */
export interface RequestWaterfall extends Waterfall {
  /** From 1. */
  readonly attempt: number;
  readonly spans: number;
}

/** What a story tells of where its time went. */
type Told = Pick<InvocationStory, 'attempts' | 'spans'> & {
  readonly invocation: Pick<
    InvocationStory['invocation'],
    'requestId' | 'functionName' | 'startedAt' | 'durationMs' | 'initDurationMs' | 'restoreDurationMs'
  >;
};

/** Where the time of a request went, a waterfall for each attempt of which spans are known; `unfolded` are the keys of repeated calls that are shown one by one. */
export function requestWaterfalls(
  { invocation, attempts, spans = [] }: Told,
  unfolded?: ReadonlySet<string>,
): readonly RequestWaterfall[] {
  const runs = attempts.length > 0 ? attempts : [invocation];
  return spansByRun(spans, runs).flatMap((own, at) => {
    const run = runs[at];
    if (run === undefined || own.length === 0) return [];
    const laidOut = waterfall({ spans: own, run, whose: invocation, ...(unfolded && { unfolded }) });
    return [{ ...laidOut, attempt: at + 1, spans: own.length }];
  });
}
