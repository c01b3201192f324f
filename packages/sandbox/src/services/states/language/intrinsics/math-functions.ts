import { seededRandom } from '../../../../core/faults/seeded-random.ts';
import { expectCount, failure, type IntrinsicFunction, integer } from './intrinsic-function.ts';

export const MATH_FUNCTIONS: Readonly<Record<string, IntrinsicFunction>> = {
  // From the first, included, to the second, excluded; the same number for the same seed.
  'States.MathRandom'(args, random) {
    expectCount('States.MathRandom', args, 2, 3);
    const [start, end, seed] = args.map((value) => integer('States.MathRandom', value)) as [number, number, number?];
    if (end <= start) throw failure('The end of States.MathRandom must be greater than its start');
    const draw = seed === undefined ? random() : seededRandom(seed)();
    return start + Math.floor(draw * (end - start));
  },
  'States.MathAdd'(args) {
    expectCount('States.MathAdd', args, 2);
    return integer('States.MathAdd', integer('States.MathAdd', args[0]) + integer('States.MathAdd', args[1]));
  },
};
