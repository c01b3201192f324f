import { median } from '../median.ts';

/** What an incident came to. */
export interface Outcome {
  readonly requests: number;
  readonly failed: number;
  readonly badMinutes: number;
  readonly usd: number;
}

/** The same incident with the agents and without. */
export interface Run {
  readonly seed: number;
  readonly kind: string;
  readonly off: Outcome;
  readonly on: Outcome;
}

/** Beyond any of these the agents have made a catastrophe of an incident: of all requests, of the minutes, of the cost. */
const MOST_MORE_FAILED = 0.01;
const MOST_MORE_MINUTES = 5;
const MOST_MORE_USD = 0.5;

export const isCatastrophe = ({ on, off }: Run): boolean =>
  on.failed - off.failed > MOST_MORE_FAILED * off.requests ||
  on.badMinutes - off.badMinutes > MOST_MORE_MINUTES ||
  on.usd - off.usd > MOST_MORE_USD * off.usd;

type Figure = 'failed' | 'badMinutes' | 'usd';

/** Medians with and without, and the most that the agents made worse in any run, with its seed. */
export function summaryOf(runs: readonly Run[]) {
  const off = (figure: Figure) => median(runs.map((run) => run.off[figure]));
  const on = (figure: Figure) => median(runs.map((run) => run.on[figure]));
  return {
    runs: runs.length,
    ...{ failedOff: off('failed'), failedOn: on('failed') },
    ...{ badMinutesOff: off('badMinutes'), badMinutesOn: on('badMinutes') },
    ...{ usdOff: off('usd'), usdOn: on('usd') },
    worstMoreFailed: worstBy('failed', runs),
    worstMoreMinutes: worstBy('badMinutes', runs),
    worstMoreUsd: worstBy('usd', runs),
    catastrophes:
      runs
        .filter(isCatastrophe)
        .map(({ seed }) => seed)
        .join(', ') || 'none',
  };
}

/** `12.5 (seed 3: 40 instead of 27.5)`; below 0 the agents made every run better. */
function worstBy(figure: Figure, runs: readonly Run[]): string {
  const worse = ({ on, off }: Run): number => on[figure] - off[figure];
  const [worst] = [...runs].sort((a, b) => worse(b) - worse(a));
  if (worst === undefined) return '';
  const [more, on, off] = [worse(worst), worst.on[figure], worst.off[figure]].map((value) =>
    Number(value.toPrecision(4)),
  );
  return `${more} (seed ${worst.seed}: ${on} instead of ${off})`;
}
