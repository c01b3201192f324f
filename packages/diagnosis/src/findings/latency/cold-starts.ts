import { usualShare } from '../../assess/baseline.ts';
import { LEAST_COLD_CALLS, LEAST_COLD_MINUTES } from '../../assess/recent.ts';
import { binomialSurprise } from '../../statistics/count-surprise.ts';
import { concurrencyOf } from '../capacity/throttling-ahead.ts';
import type { Judgement, Rule } from '../rule.ts';
import { clock, counted, duration, number, percent } from '../words.ts';

const LEAST_SHARE = 0.1;
const LEAST_COLD = 6;

/**
 * Far more calls start an environment than usual, and no growth asks for it: at least a tenth of the calls, four times the usual share,
 * by Chernoff's bound (see failure-signal.ts). Environments that more calls at a time need are no fault: as many cold starts are taken off.
 */
export const coldStarts: Rule = {
  class: 'cold-starts',
  opensAfter: 2,
  judge(judgement) {
    const { seen, core, since, isOpen } = judgement;
    if (seen.calls < LEAST_COLD_CALLS || core.minutes < LEAST_COLD_MINUTES) return undefined;
    const cold = Math.round(Math.max(0, seen.coldStarts - neededForGrowth(judgement)));
    const usual = usualShare(core.baseline.cold, 0.01);
    const share = seen.coldStarts / seen.calls;
    if (cold < LEAST_COLD || share < LEAST_SHARE || share < usual * (isOpen ? 2 : 4)) return undefined;
    const surprise = binomialSurprise(cold, seen.calls, usual);
    if (surprise < (isOpen ? 6 : 16)) return undefined;
    const drivers = driversOf(judgement);
    return {
      surprise,
      severity: seen.initMs > 3_000 ? 'warning' : 'info',
      magnitude: share / usual,
      title: `starts cold in ${percent(share)} of its calls`,
      explanation: `Since ${clock(since)} ${number(seen.coldStarts)} of ${counted(seen.calls, 'call')} a minute start an environment (usual: ${percent(usual)}); each waits ${duration(seen.initMs)} for it. ${drivers.join(' ')}`,
      evidence: [
        {
          text: `Cold starts rose from ${percent(usual)} to ${percent(share)} of the calls at ${clock(seen.start)}, ${duration(seen.initMs)} each.`,
          metric: 'cold starts',
          before: usual * 100,
          after: share * 100,
          unit: '%',
          since: seen.start,
        },
        ...drivers.map((text) => ({ text })),
      ],
    };
  },
};

/** Environments that more calls, or calls that take longer and so run at the same time, ask for; twice as many, since a minute's peak is not its mean. */
function neededForGrowth(judgement: Judgement): number {
  const { seen, core } = judgement;
  const now = concurrencyOf(judgement);
  const ofCalls = Math.max(0, seen.calls / Math.max(1, usualCalls(judgement)) - 1) * Math.max(1, now);
  const ofSlowness = Math.max(0, now - Math.max(...core.lastConcurrency, core.baseline.concurrency));
  return 2 * Math.max(ofCalls, ofSlowness);
}

const usualCalls = ({ core }: Judgement): number =>
  core.lastCalls.length === 0 ? 0 : Math.max(...core.lastCalls, core.baseline.load.recent);

/** What the figures say about why: a deploy, a longer init, little memory (so little CPU), environments that fail and are replaced. */
function driversOf({ seen, core, facts }: Judgement): string[] {
  const { initMs } = core.baseline;
  const deploy = [...core.facts, ...facts].find(({ kind }) => kind === 'deploy');
  const died = seen.timeouts + seen.outOfMemory + seen.initErrors;
  return [
    ...(deploy === undefined ? [] : [`A deploy at ${clock(deploy.at)} replaced every environment.`]),
    ...(initMs > 0 && seen.initMs > 1.5 * initMs
      ? [`The init phase takes ${duration(seen.initMs)} instead of ${duration(initMs)}.`]
      : []),
    ...(died >= seen.coldStarts / 2
      ? [
          `${counted(died, 'environment')} died by a timeout, a lack of memory or a failed start and had to be replaced.`,
        ]
      : []),
    ...(seen.memorySizeMb > 0 && seen.memorySizeMb < 512 && seen.initMs > 500
      ? [`With ${number(seen.memorySizeMb)} MB the code loads with ${percent(seen.memorySizeMb / 1_769)} of a vCPU.`]
      : []),
    ...(deploy === undefined && died < seen.coldStarts / 2 ? ['Traffic alone does not ask for them.'] : []),
  ];
}
