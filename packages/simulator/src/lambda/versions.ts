import type { Fault } from '../faults/fault.ts';

type BadDeploy = Extract<Fault, { kind: 'bad-deploy' }>;

/** A version of a function's code as the alias sends traffic to it. */
export interface Version {
  /** Share of the traffic. */
  readonly weight: number;
  readonly errorShare: number;
  readonly durationFactor: number;
}

const GOOD: Version = { weight: 1, errorShare: 0, durationFactor: 1 };

/** The versions behind a function's alias: the good one, and the newest where a deploy brought a bad one. */
export class Versions {
  readonly #deploys: readonly BadDeploy[];
  #newest: BadDeploy | undefined;
  #newestPct = 0;

  constructor(faults: readonly Fault[]) {
    this.#deploys = faults.filter((fault) => fault.kind === 'bad-deploy');
  }

  get newestPct(): number {
    return this.#newestPct;
  }

  /** Sends that share of the traffic to the newest version. False where there is none but the good one. */
  weigh(pct: number): boolean {
    if (!this.#newest) return false;
    this.#newestPct = pct;
    return true;
  }

  /** Deploys and withdraws what is due between two times; true where the traffic moved to other environments. */
  advance(fromMs: number, toMs: number): boolean {
    let hasMoved = false;
    for (const deploy of this.#deploys) {
      if (deploy.at >= fromMs && deploy.at < toMs) {
        this.#newest = deploy;
        this.#newestPct = deploy.weightPct;
        hasMoved = true;
      }
      if (deploy.until !== undefined && deploy.until >= fromMs && deploy.until < toMs && this.#newest === deploy) {
        this.#newestPct = 0;
        hasMoved = true;
      }
    }
    return hasMoved;
  }

  /** Those that get traffic. */
  active(): readonly Version[] {
    if (!this.#newest || this.#newestPct === 0) return [GOOD];
    const { errorPct, durationFactor } = this.#newest;
    const newest = { weight: this.#newestPct / 100, errorShare: errorPct / 100, durationFactor };
    return newest.weight === 1 ? [newest] : [newest, { ...GOOD, weight: 1 - newest.weight }];
  }
}
