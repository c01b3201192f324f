import { canonical, isSame } from '../../../../core/protocols/json.ts';
import { expectCount, failure, type IntrinsicFunction, integer, list } from './intrinsic-function.ts';

const LONGEST_RANGE = 1_000;

export const ARRAY_FUNCTIONS: Readonly<Record<string, IntrinsicFunction>> = {
  'States.Array': (args) => args,
  'States.ArrayPartition'(args) {
    expectCount('States.ArrayPartition', args, 2);
    const [values, size] = [list('States.ArrayPartition', args[0]), integer('States.ArrayPartition', args[1])];
    if (size < 1) throw failure('The chunk size of States.ArrayPartition must be a positive integer');
    return Array.from({ length: Math.ceil(values.length / size) }, (_, chunk) =>
      values.slice(chunk * size, (chunk + 1) * size),
    );
  },
  'States.ArrayContains'(args) {
    expectCount('States.ArrayContains', args, 2);
    return list('States.ArrayContains', args[0]).some((value) => isSame(value, args[1]));
  },
  'States.ArrayRange'(args) {
    expectCount('States.ArrayRange', args, 3);
    const [first, last, step] = args.map((value) => integer('States.ArrayRange', value)) as [number, number, number];
    if (step === 0) throw failure('The step of States.ArrayRange must not be 0');
    const length = Math.max(0, Math.floor((last - first) / step) + 1);
    if (length > LONGEST_RANGE) throw failure(`States.ArrayRange gives at most ${LONGEST_RANGE} elements`);
    return Array.from({ length }, (_, index) => first + index * step);
  },
  'States.ArrayGetItem'(args) {
    expectCount('States.ArrayGetItem', args, 2);
    const values = list('States.ArrayGetItem', args[0]);
    const index = integer('States.ArrayGetItem', args[1]);
    const value = index < 0 ? undefined : values[index];
    if (value === undefined) throw failure(`Index ${index} out of bounds for length ${values.length}`);
    return value;
  },
  'States.ArrayLength'(args) {
    expectCount('States.ArrayLength', args, 1);
    return list('States.ArrayLength', args[0]).length;
  },
  'States.ArrayUnique'(args) {
    expectCount('States.ArrayUnique', args, 1);
    return [...new Map(list('States.ArrayUnique', args[0]).map((value) => [canonical(value), value])).values()];
  },
};
