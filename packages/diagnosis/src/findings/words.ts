/** 1234567 as 1,234,567, and 0.1234 as 0.12. */
export function number(value: number): string {
  const digits = value >= 100 || Number.isInteger(value) ? 0 : value >= 10 ? 1 : 2;
  const [whole = '', part] = value.toFixed(digits).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return part === undefined || Number(part) === 0 ? grouped : `${grouped}.${part}`;
}

export function duration(ms: number): string {
  if (ms < 1_000) return `${number(Math.round(ms))} ms`;
  if (ms < 90_000) return `${number(Math.round(ms / 10) / 100)} s`;
  return ms < 7_200_000
    ? `${number(Math.round(ms / 60_000))} minutes`
    : `${number(Math.round(ms / 360_000) / 10)} hours`;
}

/** A share of 1 as a percentage that never hides a rare thing behind 0 %. */
export function percent(share: number): string {
  const pct = share * 100;
  if (pct === 0 || pct >= 10) return `${Math.round(pct)} %`;
  return pct >= 0.1 ? `${Number(pct.toFixed(1))} %` : `${Number(pct.toPrecision(1))} %`;
}

export const times = (ratio: number): string => `${ratio >= 10 ? Math.round(ratio) : Number(ratio.toFixed(1))} times`;

/** 14:02 UTC of an epoch time. */
export const clock = (at: number): string => `${new Date(at).toISOString().slice(11, 16)} UTC`;

export function usd(value: number): string {
  if (value >= 0.01 || value === 0) return `$${value.toFixed(2)}`;
  return `$${Number(value.toPrecision(2))}`;
}

export const counted = (count: number, noun: string): string => `${number(count)} ${noun}${count === 1 ? '' : 's'}`;
