import type { FindingClass } from '@lamplighter/contracts';
import { ADVICE, EXPLAINS } from '../../findings/rules.ts';
import type { Core } from '../core.ts';
import type { Incident } from '../incident.ts';
import { isPresent, shownAt } from './presence.ts';
import { ORDER, type Signals } from './signals.ts';

/** Told long after what they come of: Lambda tries an asynchronous request for minutes before it gives up, a backlog outlasts what stopped it, memory stays as high as a leak left it, an alarm waits for its periods. */
const LATE_BY_NATURE: ReadonlySet<FindingClass> = new Set([
  'async-failures',
  'iterator-age',
  'out-of-memory-risk',
  'out-of-memory',
  'alarm',
]);

interface Now {
  readonly open: readonly Incident[];
  readonly active: ReadonlySet<FindingClass>;
  readonly signals: Signals;
}

/** The class that explains another one in this minute, the most telling first. */
type Explain = (type: FindingClass) => FindingClass | undefined;

/** Calls that end well explain nothing but an alarm; what joined an incident while calls failed stays in it. */
function endsWell(explainer: FindingClass, type: FindingClass, { open, signals }: Now): boolean {
  const known = open.find((each) => each.class === explainer);
  const isPart = known !== undefined && known.isDealtWith !== true && known.joined[type] !== undefined;
  return !isPart && (signals.get(explainer) ?? known)?.isDealtWith === true;
}

/** What is open explains what began while it showed itself: what has ended, though nobody has called it over yet, is no cause of what begins after it. */
export function explainersIn({ calledAt }: Core, start: number, now: Now): Explain {
  const isQuietFor = (explainer: FindingClass, type: FindingClass): boolean => {
    const known = now.open.find((each) => each.class === explainer);
    if (known === undefined || now.signals.has(explainer) || LATE_BY_NATURE.has(type)) return false;
    const goesOn = known.joined[type] !== undefined && isPresent(known.lastBadAt, start, calledAt);
    return !goesOn && !isPresent(shownAt(known), start, calledAt);
  };
  return (type) =>
    ORDER.find(
      (each) =>
        now.active.has(each) &&
        (type === 'alarm'
          ? each !== 'alarm' && !ADVICE.has(each)
          : EXPLAINS[each]?.includes(type) && !endsWell(each, type, now)) &&
        !isQuietFor(each, type),
    );
}

/** The class that explains a class in the end; itself where none does. */
export function topOf(type: FindingClass, explain: Explain): FindingClass {
  const explainer = explain(type);
  return explainer === undefined || explainer === type ? type : topOf(explainer, explain);
}
