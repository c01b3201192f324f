import { suspectFarCalls } from '../findings/latency/far-calls.ts';
import { suspectSlowDown } from '../findings/latency/slow-down.ts';
import type { Observation } from '../windows/observation.ts';
import type { Core } from './core.ts';
import { MINUTE_MS } from './step.ts';

/** Calls so close to each other are of one burst. */
const SAME_BURST_MS = 3 * MINUTE_MS;

/** Since when, and since when again: a minute without calls says nothing of it. */
export function looksSlow(
  core: Core,
  seen: Observation,
  recent: Core['recent'],
): Pick<Core, 'slowSince' | 'slowAgainAt'> {
  const { slowSince = null, slowAgainAt = slowSince } = core;
  if (seen.calls === 0) return { slowSince, slowAgainAt };
  const judgement = { core, seen, recent, isOpen: false };
  if ((suspectSlowDown(judgement) ?? suspectFarCalls(judgement)) === undefined)
    return { slowSince: null, slowAgainAt: null };
  const goesOn = slowSince !== null && seen.start - (core.calledAt ?? seen.start) <= SAME_BURST_MS;
  return { slowSince: slowSince ?? seen.start, slowAgainAt: goesOn ? slowAgainAt : seen.start };
}
