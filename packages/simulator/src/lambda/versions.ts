import type { Fault } from '../scenario/fault.ts';

type BadDeploy = Extract<Fault, { kind: 'bad-deploy' }>;

/** A version of a function's code as the alias sends traffic to it. */
export interface Version {
  /** As it was published: `1`, `2` and so on. */
  readonly number: string;
  /** Share of the traffic. */
  readonly weight: number;
  readonly errorShare: number;
  readonly durationFactor: number;
}

/** Where an alias points, as AWS shows it: the share of another version is in `weights`, the rest goes to `version`. */
export interface AliasState {
  readonly version: string;
  readonly weights: Readonly<Record<string, number>>;
}

interface Published {
  readonly number: string;
  /** Absent of the first version, which is good. */
  readonly deploy?: BadDeploy;
  /** What served when this one was published. */
  readonly before?: Published;
}

const FIRST: Published = { number: '1' };

/**
 * The versions behind a function's alias: the first one, which is good, and one for each deploy. The newest has a share of the traffic; the rest has the last one that had
 * all of it.
 */
export class Versions {
  readonly #deploys: readonly BadDeploy[];
  /** Newest first. */
  #all: readonly Published[] = [FIRST];
  #stable = FIRST;
  #newest: Published | undefined;
  #newestPct = 0;

  constructor(faults: readonly Fault[]) {
    this.#deploys = faults.filter((fault) => fault.kind === 'bad-deploy');
  }

  get newestPct(): number {
    return this.#newestPct;
  }

  /** Newest first. */
  get published(): readonly string[] {
    return this.#all.map(({ number }) => number);
  }

  get alias(): AliasState {
    if (!this.#newest || this.#newestPct === 0) return { version: this.#stable.number, weights: {} };
    if (this.#newestPct === 100) return { version: this.#newest.number, weights: {} };
    return { version: this.#stable.number, weights: { [this.#newest.number]: this.#newestPct / 100 } };
  }

  /** Sends that share of the traffic to the newest version, and the rest to that older one, or to the one before. False where there is none but the first, or no such one. */
  weigh(pct: number, rest = this.#stable.number): boolean {
    const stable = this.#all.find((each) => each !== this.#newest && each.number === rest);
    if (!this.#newest || !stable) return false;
    this.#stable = stable;
    this.#newestPct = pct;
    return true;
  }

  /** Deploys and withdraws what is due between two times; true where the traffic moved to other environments. */
  advance(fromMs: number, toMs: number): boolean {
    let hasMoved = false;
    for (const deploy of this.#deploys) {
      if (deploy.at >= fromMs && deploy.at < toMs) {
        this.#publish(deploy);
        hasMoved = true;
      }
      if (deploy.until !== undefined && deploy.until >= fromMs && deploy.until < toMs)
        hasMoved = this.#withdraw(deploy) || hasMoved;
    }
    return hasMoved;
  }

  /** Those that get traffic. */
  active(): readonly Version[] {
    if (!this.#newest || this.#newestPct === 0) return [served(this.#stable, 1)];
    const weight = this.#newestPct / 100;
    const newest = served(this.#newest, weight);
    return weight === 1 ? [newest] : [newest, served(this.#stable, 1 - weight)];
  }

  #publish(deploy: BadDeploy): void {
    if (this.#newest && this.#newestPct === 100) this.#stable = this.#newest;
    this.#newest = { number: String(this.#all.length + 1), deploy, before: this.#stable };
    this.#all = [this.#newest, ...this.#all];
    this.#newestPct = deploy.weightPct;
  }

  #withdraw(deploy: BadDeploy): boolean {
    if (this.#newest?.deploy === deploy) {
      this.#newestPct = 0;
      return true;
    }
    if (this.#stable.deploy !== deploy) return false;
    this.#stable = this.#stable.before ?? FIRST;
    return true;
  }
}

function served({ number, deploy }: Published, weight: number): Version {
  const { errorPct, durationFactor } = deploy ?? { errorPct: 0, durationFactor: 1 };
  return { number, weight, errorShare: errorPct / 100, durationFactor };
}
