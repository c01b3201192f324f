import type { LambdaPorts } from '../src/ports.ts';

/** Lambda that has answers to some questions; nothing is set, provisioned or named beside them. */
export const lambdaWith = (its: Partial<LambdaPorts> = {}): LambdaPorts => ({
  settings: async () => ({}),
  provisioned: async () => 0,
  alias: async () => ({}),
  ...its,
});
