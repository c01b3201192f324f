/** How many requests a second are meant at a moment after the start. */
export interface RateCurve {
  readonly name: string;
  readonly durationMs: number;
  /** Requests per second at so many milliseconds after the start. */
  readonly at: (elapsedMs: number) => number;
}

const MINUTE_MS = 60_000;
/** More is beyond what one process can send. */
const HIGHEST_RATE = 10_000;

export const constantRate = (perSecond: number, durationMs: number): RateCurve => ({
  name: `constant ${perSecond}/s`,
  durationMs,
  at: () => perSecond,
});

export const rampRate = (from: number, to: number, durationMs: number): RateCurve => ({
  name: `ramp ${from} to ${to}/s`,
  durationMs,
  at: (elapsedMs) => from + ((to - from) * elapsedMs) / durationMs,
});

/** Parts of the peak at parts of the time: quiet, the doors open, the rush, a second wave when mails arrive, and it ebbs away. */
const SALE: readonly (readonly [part: number, load: number])[] = [
  [0, 0.1],
  [0.2, 0.12],
  [0.25, 0.9],
  [0.3, 1],
  [0.45, 0.6],
  [0.6, 0.5],
  [0.65, 0.8],
  [0.75, 0.55],
  [1, 0.15],
];

/** A sale that opens at a fifth of the time: from a tenth of the peak to all of it at once. */
export const blackFridayRate = (peak: number, durationMs: number): RateCurve => ({
  name: `Black Friday up to ${peak}/s`,
  durationMs,
  at: (elapsedMs) => peak * interpolated(SALE, elapsedMs / durationMs),
});

/** Requests of each minute, one after another; the rate changes from minute to minute, not within one. */
export const perMinuteRates = (perMinute: readonly number[], name: string): RateCurve => ({
  name,
  durationMs: perMinute.length * MINUTE_MS,
  at: (elapsedMs) => (perMinute[Math.floor(elapsedMs / MINUTE_MS)] ?? 0) / 60,
});

/** A point list's value at `x`, straight between its points. */
function interpolated(points: readonly (readonly [number, number])[], x: number): number {
  const next = points.findIndex(([at]) => at > x);
  const [before, after] = next <= 0 ? [points.at(-1)!, points.at(-1)!] : [points[next - 1]!, points[next]!];
  const span = after[0] - before[0];
  return span === 0 ? before[1] : before[1] + ((after[1] - before[1]) * (x - before[0])) / span;
}

/**
 * `constant:50`, `ramp:1-200`, `black-friday:300`: rates per second.
 *
 * @throws RangeError for any other text
 */
export function parseCurve(text: string, durationMs: number): RateCurve {
  const [, kind, first, second] =
    /^(constant|ramp|black-friday):(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?$/.exec(text) ?? [];
  const rates = [first, second].filter((rate) => rate !== undefined).map(Number);
  const isRight =
    kind !== undefined && rates.length === (kind === 'ramp' ? 2 : 1) && rates.every((rate) => rate <= HIGHEST_RATE);
  if (!isRight)
    throw new RangeError(
      `The curve ${text} is none of constant:RATE, ramp:FROM-TO, black-friday:PEAK (up to ${HIGHEST_RATE}/s).`,
    );
  if (kind === 'constant') return constantRate(rates[0]!, durationMs);
  return kind === 'ramp' ? rampRate(rates[0]!, rates[1]!, durationMs) : blackFridayRate(rates[0]!, durationMs);
}

/**
 * A CSV whose last column is requests per minute, a line a minute; a first line of words is taken for its heading.
 *
 * @throws RangeError that names the first line which holds no number
 */
export function parsePerMinute(csv: string, name: string): RateCurve {
  const lines = csv.split(/\r?\n/).filter((line) => line.trim() !== '');
  const values = lines.map((line) =>
    Number(
      line
        .split(/[,;\t]/)
        .at(-1)!
        .trim() || Number.NaN,
    ),
  );
  const rows = Number.isFinite(values[0]) ? values : values.slice(1);
  const wrong = rows.findIndex((value) => !Number.isFinite(value) || value < 0 || value > HIGHEST_RATE * 60);
  if (wrong >= 0)
    throw new RangeError(
      `${name}, line ${wrong + 1 + lines.length - rows.length}: the last column is no number of requests a minute.`,
    );
  if (rows.length === 0) throw new RangeError(`${name} holds no minute.`);
  return perMinuteRates(rows, name);
}
