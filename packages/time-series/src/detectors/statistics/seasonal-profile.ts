const DAY_MS = 86_400_000;
const BUCKETS = 48;
const BUCKET_MS = DAY_MS / BUCKETS;
/** A visit counts at least this much: a bucket forgets half of its past in two days. */
const LEAST_WEIGHT = 0.3;
const MOST_VISITS = 9;

/** A quantity by the time of day (UTC), in half hours: the mean of each day's visit, smoothed over days. */
export interface SeasonalProfile {
  readonly means: number[];
  /** Days seen of each half hour, counted up to 9. */
  readonly visits: number[];
  bucket: number;
  sum: number;
  count: number;
}

export function newSeasonalProfile(): SeasonalProfile {
  const empty = (): number[] => new Array<number>(BUCKETS).fill(0);
  return { means: empty(), visits: empty(), bucket: -1, sum: 0, count: 0 };
}

/** Moves to the half hour of a time, and gives it; the half hour that is left is learnt. */
export function enterBucket(profile: SeasonalProfile, timestamp: number): number {
  const timeOfDay = timestamp % DAY_MS;
  const bucket = Math.floor((timeOfDay < 0 ? timeOfDay + DAY_MS : timeOfDay) / BUCKET_MS);
  if (bucket === profile.bucket) return bucket;
  if (profile.count > 0) learnVisit(profile);
  profile.bucket = bucket;
  profile.sum = 0;
  profile.count = 0;
  return bucket;
}

export function addToBucket(profile: SeasonalProfile, quantity: number): void {
  profile.sum += quantity;
  profile.count += 1;
}

function learnVisit(profile: SeasonalProfile): void {
  const { bucket, means, visits } = profile;
  const before = means[bucket] ?? 0;
  const visited = visits[bucket] ?? 0;
  const weight = Math.max(LEAST_WEIGHT, 1 / (visited + 1));
  // Four digits are more than a half hour's mean is good for, and keep the state small.
  means[bucket] = Number((before + weight * (profile.sum / profile.count - before)).toPrecision(4));
  visits[bucket] = Math.min(MOST_VISITS, visited + 1);
}
