import type { RankedCause } from '@lamplighter/contracts';
import { SAME_TROUBLE_MS } from '../latency/traced-dependency.ts';
import type { Judgement } from '../rule.ts';
import { percent } from '../words.ts';

const LEAST_SHARE = 0.2;

/** The callee whose calls fail, by the errors in traces, as a cause; undefined where none has a fifth of the added errors. */
export function refusingDependency({ core, facts, since }: Judgement): RankedCause | undefined {
  const known = [...core.facts, ...facts].filter((fact) => fact.kind === 'refusing-dependency');
  const refusing = known.filter(({ at }) => at >= since - SAME_TROUBLE_MS);
  const [dependency] = refusing.sort((a, b) => b.share - a.share || (a.id < b.id ? -1 : 1));
  if (dependency === undefined || dependency.share < LEAST_SHARE) return undefined;
  const { name, share, errorsBefore, errorsAfter, at, traceIds } = dependency;
  const evidence = {
    text: `Calls of ${name} fail ${errorsAfter.toFixed(2)} times in a trace instead of ${errorsBefore.toFixed(2)}: ${percent(share)} of the added errors.`,
    metric: 'errors of a segment in a trace',
    before: errorsBefore,
    after: errorsAfter,
    since: at,
    ...(traceIds === undefined ? {} : { traceIds: [...traceIds] }),
  };
  return { kind: 'dependency', name, share: Math.min(1, share), evidence: [evidence] };
}
