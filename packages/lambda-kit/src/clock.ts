/** Tells the time in epoch milliseconds; the last, defaulted dependency of whatever needs it. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
