/** `10:31:03` of the story, UTC. */
export const clockOf = (at: number): string => new Date(at).toISOString().slice(11, 19);

/** A measured figure as short as it can be read: `302`, `0.014`. */
export const figure = (value: number): string =>
  value >= 10 ? String(Math.round(value)) : Number(value.toFixed(3)).toString();

/** Of values in ascending order; 0 where there is none. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;

/** `99.99 %` of 99.996: cut off and never rounded up, so that 100.00 means all. */
export const share = (pct: number): string => `${(Math.floor(pct * 100 + 1e-9) / 100).toFixed(2)} %`;

/** `$0.0012`, `$3,564.00`: as many digits as a small sum needs to say anything. */
export const usd = (value: number): string =>
  value === 0 || value >= 0.1
    ? `$${value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
    : `$${value.toPrecision(2)}`;

/** `1 fault`, `2 faults`. */
export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
