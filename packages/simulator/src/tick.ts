/** One step of the twin's time; times are milliseconds since the scenario began. */
export interface Tick {
  readonly index: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly lengthMs: number;
}

export const tickAt = (index: number, lengthMs: number): Tick => ({
  index,
  startMs: index * lengthMs,
  endMs: (index + 1) * lengthMs,
  lengthMs,
});
