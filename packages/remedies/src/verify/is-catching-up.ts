/** A reader that is a tenth less behind at the end than at the beginning is on its way; less may be chance. */
const LESS = 0.9;

/** Whether the reader of a stream comes nearer to its end, by how far it was behind in minutes one after the other. */
export function isCatchingUp(agesMs: readonly number[]): boolean {
  const half = Math.floor(agesMs.length / 2);
  const [earlier, later] = [agesMs.slice(0, half), agesMs.slice(-half)].map(median);
  return half > 0 && later! <= earlier! * LESS && agesMs.at(-1)! <= agesMs[0]! * LESS;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
