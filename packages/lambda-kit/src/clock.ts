/** Tells the time in epoch milliseconds; the last, defaulted dependency of whatever needs it. */
export type Clock = () => number;

/** The machine's own time, in epoch milliseconds. */
export const systemClock: Clock = () => Date.now();
