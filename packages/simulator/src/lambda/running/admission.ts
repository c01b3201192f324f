/** What a function faces in one tick. */
export interface Load {
  readonly arrivals: number;
  /** Share of them that chance brings together; the others come one after the other. */
  readonly chanceShare: number;
  readonly tickMs: number;
  /** Requests from before that stay beyond the end of the tick. */
  readonly staying: number;
  readonly meanDurationMs: number;
  readonly initMs: number;
  /** Environments that exist and are warm, provisioned ones with them. */
  readonly environments: number;
  /** Requests that may be under way at once. */
  readonly concurrencyLimit: number;
  /** Environments that the scaling rate still lets it create. */
  readonly mayCreate: number;
  /** Requests that may begin in the tick whatever is free. */
  readonly rateLimit: number;
}

export interface Admission {
  readonly admitted: number;
  /** Environments to create for them. */
  readonly created: number;
  /** Most that are under way at once within the tick. */
  readonly peak: number;
}

/**
 * How many of a tick's arrivals find an environment, or may be given a new one. Arrivals come evenly over the tick: an environment that is
 * free serves one after the other (tick / duration of them), a new one first takes its init. What remains beyond is throttled. The peak is the
 * level at the end plus what chance adds between: the largest of n independent normal levels lies about sqrt(2 ln n) deviations above the mean.
 */
export function admit(load: Load): Admission {
  const { arrivals, tickMs, staying, meanDurationMs, environments, concurrencyLimit } = load;
  const turns = Math.max(1, tickMs / meanDurationMs);
  const usable = Math.min(environments, concurrencyLimit);
  const warm = Math.max(0, usable - staying) * turns;
  const mayCreate = Math.max(0, Math.min(load.mayCreate, concurrencyLimit - Math.max(usable, staying)));
  const perNew = Math.max(1, (tickMs - load.initMs) / meanDurationMs);
  const most = Math.min(Math.floor(warm + mayCreate * perNew), Math.floor(load.rateLimit));
  const admitted = Math.max(0, Math.min(arrivals, most));
  const level = admitted * Math.min(1, meanDurationMs / tickMs);
  const peak = Math.min(concurrencyLimit, staying + level + Math.sqrt(2 * Math.log(turns) * level * load.chanceShare));
  const forRamp = (admitted - warm) * Math.min(1, (load.initMs + meanDurationMs) / tickMs);
  const created = Math.min(mayCreate, admitted, Math.max(0, Math.ceil(Math.max(forRamp, peak - environments))));
  const exist = environments + created;
  return { admitted, created, peak: created > 0 ? exist : Math.min(exist, Math.ceil(peak)) };
}
