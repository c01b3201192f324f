import type { FindingClass } from '@lamplighter/contracts';
import type { Core } from '../core.ts';
import type { Suspicion } from '../incident.ts';
import { isPresent } from './presence.ts';
import { RULE_OF, type Signals } from './signals.ts';

/** Suspicions of the last three minutes, or of the last minute that had calls. */
export const liveSuspicions = (suspicions: readonly Suspicion[], start: number, calledAt: number | null): Suspicion[] =>
  suspicions.filter(({ lastAt }) => isPresent(lastAt, start, calledAt));

/** What shows itself in a minute, with what has shown itself just before. */
export function suspect({ suspicions, calledAt }: Core, start: number, signals: Signals): Suspicion[] {
  const kept = liveSuspicions(suspicions, start, calledAt);
  const seen = [...signals].map(([type, { opensAfter, since = start }]): Suspicion => {
    const { firstAt, minutes } = kept.find((each) => each.class === type) ?? { firstAt: since, minutes: 0 };
    const wanted = opensAfter === undefined ? {} : { opensAfter };
    return { class: type, firstAt, lastAt: start, minutes: minutes + 1, ...wanted };
  });
  return [...kept.filter((each) => !signals.has(each.class)), ...seen];
}

/** Whether it has shown itself in as many minutes as its rule, or its last signal, wants. */
export const isReady = ({ class: type, minutes, opensAfter }: Suspicion): boolean =>
  minutes >= (opensAfter ?? RULE_OF.get(type)?.opensAfter ?? 1);

/** Of a class that shows itself. */
export const suspicionOf = (suspicions: readonly Suspicion[], type: FindingClass): Suspicion =>
  suspicions.find((each) => each.class === type) as Suspicion;
