import type { Outlook } from './outlook.ts';
import type { WatchedLimit } from './watched-limit.ts';

/** What has been told of a limit, and what speaks for telling more. Plain JSON. */
export interface BreachLife {
  /** Absent while nothing is told. */
  readonly told?: {
    readonly since: number;
    readonly revision: number;
    readonly change: 'predicted' | 'corrected' | 'happened';
    readonly expectedAt?: number;
    readonly toldAt: number;
    /** What the newest minute had of the limit then; absent in states from before it was kept. */
    readonly used?: number;
    /** To name it when it is there no more; absent in states from before it was kept. */
    readonly limit?: Omit<WatchedLimit, 'samples' | 'capacity' | 'quota'>;
  };
  /** Looks in a row that spoke for opening, or, once told, for withdrawing. */
  readonly streak: number;
  /** Time of the newest look. */
  readonly lookedAt: number;
}

/** Where each limit begins: nothing was predicted, and nobody looked. */
export const NO_BREACH: BreachLife = { streak: 0, lookedAt: 0 };

/** What is seen of a limit at one time. */
export interface Look extends Outlook {
  /** End of the newest minute. */
  readonly at: number;
  /** What the newest minute has of the limit, 1 where it is hit. */
  readonly used: number;
}

/** A change that is to be published. */
export interface BreachChange {
  readonly change: 'predicted' | 'corrected' | 'withdrawn' | 'happened';
  readonly since: number;
  readonly revision: number;
  /** Of what is withdrawn though the load speaks for no such thing. */
  readonly because?: 'month-over' | 'limit-gone';
}

/**
 * Told when the limit is probably hit within the hour, in so many looks in a row, and waiting on might leave less than a quarter of an hour: near ones are known
 * better, so it is told as late as is useful. Withdrawn below another probability, in so many looks in a row: what wavers between is not news.
 */
const OPENS_AT = 0.6;
const OPENS_SOON_AT = 0.4;
const CLOSES_AT = 0.25;
const CONFIRMED_BY = 3;
const CALM_AFTER = 3;
/** A minute at the limit: estimates of concurrency are not exact, and a minute's mean hides its highest second. */
const HIT_AT = 0.99;
const CALM_USE = 0.9;
const FALLEN_TO = 0.5;
/** A time that moves by less is not corrected, and no more often than that. */
const MUCH_MS = 10 * 60_000;

/**
 * Takes a look in: the limit's life goes on, and says what is to be told. A look that is not newer than the last one changes nothing. What is known to the
 * cent or the byte is hit at 1, what is estimated a little before, which is taken where `hitAt` is absent.
 */
export function advanceBreach(
  life: BreachLife,
  look: Look,
  hitAt = HIT_AT,
): { life: BreachLife; change?: BreachChange } {
  if (look.at <= life.lookedAt) return { life };
  return life.told === undefined ? beforeTold(life, look, hitAt) : onceTold({ ...life, told: life.told }, look, hitAt);
}

function beforeTold({ streak }: BreachLife, look: Look, hitAt: number): { life: BreachLife; change?: BreachChange } {
  if (look.used >= hitAt) return tell('happened', look, { since: look.at, revision: 0 });
  if (look.probability < OPENS_AT) return { life: { streak: 0, lookedAt: look.at } };
  if (streak + 1 < CONFIRMED_BY || look.soon < OPENS_SOON_AT)
    return { life: { streak: streak + 1, lookedAt: look.at } };
  return tell('predicted', look, { since: look.at, revision: 0 });
}

function onceTold(
  life: BreachLife & { readonly told: NonNullable<BreachLife['told']> },
  look: Look,
  hitAt: number,
): { life: BreachLife; change?: BreachChange } {
  const { told } = life;
  const next = { since: told.since, revision: told.revision + 1 };
  if (told.change !== 'happened' && look.used >= hitAt) return tell('happened', look, next);
  const isUnlikely = look.probability < CLOSES_AT || (look.probability < OPENS_AT && hasFallen(told, look));
  const isCalm = isUnlikely && look.used < CALM_USE;
  // Of a load that stops altogether only few minutes are told.
  const streak = isCalm ? life.streak + (look.used === 0 ? 2 : 1) : 0;
  if (streak >= CALM_AFTER) return { life: { streak: 0, lookedAt: look.at }, change: { change: 'withdrawn', ...next } };
  if (told.change !== 'happened' && hasMoved(told, look)) return tell('corrected', look, next);
  return { life: { ...life, streak, lookedAt: look.at } };
}

/** Ends what was told, whatever the load does. */
export function withdraw(
  { since, revision }: NonNullable<BreachLife['told']>,
  at: number,
  because: NonNullable<BreachChange['because']>,
): { life: BreachLife; change: BreachChange } {
  return {
    life: { streak: 0, lookedAt: at },
    change: { change: 'withdrawn', since, revision: revision + 1, because },
  };
}

const hasFallen = ({ used = 0 }: NonNullable<BreachLife['told']>, look: Look): boolean => look.used < FALLEN_TO * used;

const hasMoved = (told: NonNullable<BreachLife['told']>, look: Look): boolean =>
  look.at - told.toldAt >= MUCH_MS &&
  look.probability >= OPENS_AT &&
  Math.abs((look.expectedAt ?? 0) - (told.expectedAt ?? 0)) >= MUCH_MS;

function tell(
  change: 'predicted' | 'corrected' | 'happened',
  look: Look,
  { since, revision }: Pick<BreachChange, 'since' | 'revision'>,
): { life: BreachLife; change: BreachChange } {
  const expectedAt = look.expectedAt === undefined ? {} : { expectedAt: look.expectedAt };
  const told = { since, revision, change, toldAt: look.at, used: look.used, ...expectedAt };
  return { life: { told, streak: 0, lookedAt: look.at }, change: { change, since, revision } };
}
