import * as z from 'zod';
import { ServiceError } from './service-error.ts';

/** A function's environment by schema. Throws `ENV_INVALID` with the names of what is absent or malformed, never its value. */
export function readEnv<Shape extends z.ZodRawShape>(
  shape: Shape,
  env: Readonly<Record<string, string | undefined>> = process.env,
): z.infer<z.ZodObject<Shape>> {
  const parsed = z.object(shape).safeParse(env);
  if (parsed.success) return parsed.data;
  const names = new Set(parsed.error.issues.map(({ path }) => path.join('.')));
  throw new ServiceError('ENV_INVALID', `The environment lacks or misstates ${[...names].join(', ')}.`);
}
