/** How often a worker dies at a call, before and after the call is carried out: 0 to 1. */
export interface Mortality {
  readonly before: number;
  readonly after: number;
}

/** Makes of an effect one that a worker's death may cut off. */
export type Mortal = <Args extends unknown[], Result>(
  effect: (...args: Args) => Promise<Result>,
) => (...args: Args) => Promise<Result>;

/** What became of a worker: it came to an end, threw, or died, with all that it did at the time. */
export type Ending = 'done' | 'threw' | 'died';

const NEVER = new Promise<never>(() => {});
/** Turns that a call takes, so that workers which run side by side meet between any two calls. */
const MOST_TURNS = 4;

/** Workers that die at calls by a dice, and that others overtake at any call. */
export class MortalWorkers {
  readonly #dice: () => number;
  mortality: Mortality;
  calls = 0;
  deaths = 0;

  constructor(dice: () => number, mortality: Mortality) {
    this.#dice = dice;
    this.mortality = mortality;
  }

  /** Runs one invocation. From its death on, none of its calls is carried out. */
  async run(work: (mortal: Mortal) => Promise<void>): Promise<Ending> {
    const death = Promise.withResolvers<Ending>();
    let isDead = false;
    const dieBy = (share: number) => {
      if (!isDead && this.#dice() < share) {
        isDead = true;
        this.deaths++;
        death.resolve('died');
      }
      return isDead;
    };
    const mortal: Mortal =
      (effect) =>
      async (...args) => {
        this.calls++;
        await this.#turns();
        if (isDead || dieBy(this.mortality.before)) return NEVER;
        const result = await effect(...args);
        await this.#turns();
        return isDead || dieBy(this.mortality.after) ? NEVER : result;
      };
    const life = work(mortal).then(
      () => 'done' as const,
      () => 'threw' as const,
    );
    return Promise.race([life, death.promise]);
  }

  async #turns(): Promise<void> {
    for (let turns = Math.floor(this.#dice() * MOST_TURNS); turns > 0; turns--) await Promise.resolve();
  }
}
