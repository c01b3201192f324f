import * as z from 'zod';
import { LamplighterError } from './lamplighter-error.ts';

/**
 * Reads a function's environment by schema; call it in the handler's composition root, not at import, so that tests need not fake it.
 * @throws LamplighterError `ENV_INVALID` naming each variable that is absent or malformed, never its value.
 */
export function readEnv<Shape extends z.ZodRawShape>(
  shape: Shape,
  env: Readonly<Record<string, string | undefined>> = process.env,
): z.infer<z.ZodObject<Shape>> {
  const parsed = z.object(shape).safeParse(env);
  if (parsed.success) return parsed.data;
  const names = parsed.error.issues.map((issue) => issue.path.join('.'));
  throw new LamplighterError('ENV_INVALID', `The environment lacks or misstates ${[...new Set(names)].join(', ')}.`);
}
