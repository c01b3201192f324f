import * as z from 'zod';

/** An object of options in which a key that is not known is an error that names those that are. */
export function strictOptions<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return undefined;
      // A key may hold anything; as JSON it cannot steer a terminal.
      const keys = issue.keys.map((key) => JSON.stringify(key)).join(', ');
      return `Unrecognized ${issue.keys.length === 1 ? 'key' : 'keys'}: ${keys}; there are ${Object.keys(shape).join(', ')}`;
    },
  });
}
