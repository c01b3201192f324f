/** AWS publishes no figures for its pollers' back-off; doubling from one second to one minute stands in for them. */
const FIRST_MS = 1_000;
const MOST_MS = 60_000;

/** Milliseconds to wait after the n-th failure in a row, the first being 1. */
export const backOffMs = (failures: number): number => Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 30));
