import { costAsRun } from '@lamplighter/pricing';
import { ratioAtThisHour } from '../../assess/served-version.ts';
import type { Rule } from '../rule.ts';
import { clock, number, times, usd } from '../words.ts';

const LEAST_RATIO = 1.5;
const LEAST_MINUTES = 60;
const LEAST_CALLS = 20;
const MINUTES_A_DAY = 1_440;

/**
 * A call costs at least half as much again as usual, two minutes in a row, and that is worth money. Traffic is not judged here: more calls cost more, which
 * traffic-spike says. Cost of a call is request and GB-seconds of list prices, so it rises with the memory size, the billed duration, or init phases that are billed; longer calls at an hour at which they are longer each day are usual.
 */
export const costAnomaly: Rule = {
  class: 'cost-anomaly',
  opensAfter: 2,
  judge({ seen, core, context, since, isOpen }) {
    if (seen.calls < LEAST_CALLS || core.minutes < LEAST_MINUTES || core.baseline.callUsd <= 0) return undefined;
    // Windows are priced as x86_64, whatever the function runs on.
    const asRun = (usd: number): number => costAsRun({ usd, invocations: 1, at: seen.start }, context);
    const [usual, now] = [asRun(core.baseline.callUsd), asRun(seen.costUsd / seen.calls)];
    const ratio = now / usual;
    const addedADay = (now - usual) * core.baseline.load.recent * MINUTES_A_DAY;
    if (
      ratio < (isOpen ? 1.2 : Math.max(LEAST_RATIO, ratioAtThisHour(core.baseline, seen))) ||
      addedADay < (context.materialUsdPerDay ?? 1) * (isOpen ? 0.5 : 1)
    )
      return undefined;
    const size = core.sizes.find(({ memorySizeMb }) => memorySizeMb !== seen.memorySizeMb);
    const why =
      size === undefined || core.sizes.length < 2
        ? ''
        : ` The memory size is ${number(seen.memorySizeMb)} MB now and was ${number(size.memorySizeMb)} MB.`;
    return {
      surprise: 10 * Math.log(ratio) + 6,
      severity: addedADay >= 100 ? 'critical' : 'warning',
      magnitude: ratio,
      title: `costs ${times(ratio)} as much a call as usual`,
      explanation: `Since ${clock(since)} a million calls cost ${usd(now * 1e6)} instead of ${usd(usual * 1e6)}: about ${usd(addedADay)} a day more at this traffic.${why}`,
      evidence: [
        {
          text: `A million calls cost ${usd(now * 1e6)} instead of ${usd(usual * 1e6)}.`,
          metric: 'cost of a million calls',
          before: usual * 1e6,
          after: now * 1e6,
          unit: 'USD',
          since: seen.start,
        },
      ],
      ...(why === ''
        ? {}
        : {
            causes: [{ kind: 'configuration-change' as const, name: 'memory size', evidence: [{ text: why.trim() }] }],
          }),
    };
  },
};
