/** What a service of this repository has to reach. */
export interface OwnStandard {
  /** Share of watched resources, in percent; a floor below 100 is to be raised, never lowered. */
  readonly minimumPct: number;
  /** What is still owed, where it is less than all. */
  readonly owed?: string;
  /** Lamplighter's own hourly round subscribes its log groups: the sample is a watched service like any other. */
  readonly accountWatched?: boolean;
}

const ALL: OwnStandard = { minimumPct: 100 };

/** Services that do not hold 100 % yet, or are watched from outside of their stack; every other has to hold 100 %. */
const OTHERS: Readonly<Record<string, OwnStandard>> = {
  reservation: { minimumPct: 100, accountWatched: true },
};

/** The standard of a service, by its folder's name. */
export const standardOf = (service: string): OwnStandard => OTHERS[service] ?? ALL;
