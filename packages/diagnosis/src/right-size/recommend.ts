import { number, percent, usd } from '../findings/words.ts';
import type { RightSize, SizeEstimate } from './size-estimate.ts';

/** Fewer percent are not worth a change. */
const WORTH = 0.1;
/** A change of size is not recommended where it makes the slow calls slower than this. */
const MOST_SLOWER = 1.2;

/** The cheapest size that makes the slow calls no slower than by a fifth, by the worst that each may be; a plain sentence with the figures. */
export function recommend(known: Omit<RightSize, 'recommendation'>): RightSize['recommendation'] {
  const here = known.curve.find((size) => size.memorySizeMb === known.currentMb) as SizeEstimate;
  if (known.currentMb < known.leastMb) return grow(known);
  // The worst that may be is compared with the best that is: what is only perhaps cheaper, or by chance, is not recommended.
  const better = known.curve
    .filter((size) => size.basis !== 'too-small' && size.p95Ms.most <= here.p95Ms.most * MOST_SLOWER)
    .sort((a, b) => a.usdPerMillion.most - b.usdPerMillion.most || a.memorySizeMb - b.memorySizeMb)[0];
  const saved = better === undefined ? 0 : 1 - better.usdPerMillion.most / here.usdPerMillion.least;
  if (better === undefined || saved < WORTH) return stay(known, here);
  const sure = better.basis === 'measured' ? 'measured in real traffic' : 'estimated from the sizes that were seen';
  return {
    memorySizeMb: better.memorySizeMb,
    text: `Set ${number(better.memorySizeMb)} MB: at most ${usd(better.usdPerMillion.most)} a million calls instead of ${usd(here.usdPerMillion.least)} (${percent(saved)} less), p95 at most ${number(better.p95Ms.most)} ms instead of ${number(here.p95Ms.most)} ms; ${sure}. At most ${number(known.maxMemoryUsedMb)} MB were in use.`,
  };
}

function grow({
  curve,
  leastMb,
  maxMemoryUsedMb,
  currentMb,
}: Omit<RightSize, 'recommendation'>): RightSize['recommendation'] {
  const next = curve.find((size) => size.memorySizeMb >= leastMb);
  if (next === undefined) return largest(curve.at(-1) as SizeEstimate, { maxMemoryUsedMb, currentMb });
  return {
    memorySizeMb: next.memorySizeMb,
    text: `Set ${number(next.memorySizeMb)} MB: calls use up to ${number(maxMemoryUsedMb)} of ${number(currentMb)} MB, and a fifth of head-room is wanted.`,
  };
}

/** Lambda has no size with a fifth of head-room for such calls. */
function largest(
  { memorySizeMb }: SizeEstimate,
  { maxMemoryUsedMb, currentMb }: Pick<RightSize, 'maxMemoryUsedMb' | 'currentMb'>,
): RightSize['recommendation'] {
  const use = `calls use up to ${number(maxMemoryUsedMb)} MB, and ${number(memorySizeMb)} MB are the most that Lambda has, less than a fifth more`;
  const way = 'Only calls that need less memory have head-room: smaller batches, streams in place of whole files.';
  return {
    memorySizeMb,
    text: `${currentMb >= memorySizeMb ? 'Keep' : 'Set'} ${number(memorySizeMb)} MB: ${use}. ${way}`,
  };
}

function stay(
  { currentMb, cpuShare, curve, leastMb }: Omit<RightSize, 'recommendation'>,
  here: SizeEstimate,
): RightSize['recommendation'] {
  const next = curve.filter((size) => size.memorySizeMb < currentMb && size.memorySizeMb >= leastMb).at(-1);
  const isAlone = !curve.some(({ memorySizeMb, basis }) => basis === 'measured' && memorySizeMb !== currentMb);
  const perhaps =
    cpuShare === undefined && next !== undefined && next.usdPerMillion.least < here.usdPerMillion.most * (1 - WORTH)
      ? ` ${isAlone ? 'Only this size was seen' : 'Too few calls were seen at other sizes'}, so how much of a call is computing is not known: ${number(next.memorySizeMb)} MB would cost ${usd(next.usdPerMillion.least)} to ${usd(next.usdPerMillion.most)} a million calls with a p95 of ${number(next.p95Ms.least)} to ${number(next.p95Ms.most)} ms. An hour at that size would tell.`
      : '';
  return {
    memorySizeMb: currentMb,
    text: `Keep ${number(currentMb)} MB: no other size is known to be cheaper by a tenth without slower calls.${perhaps}`,
  };
}
