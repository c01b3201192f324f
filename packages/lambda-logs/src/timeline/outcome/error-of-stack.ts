import { raisedIn } from '../../records/application/errors/python-error.ts';

/** What is above the frames is read up to here. */
const MAX_CHARS = 2_000;
const FRAMES = /\n[ \t]+at /;
/** Anywhere in a line the name must end as those of errors do; at its beginning, right above the frames, any name will do. */
const NAMED =
  /(?:^|\s)((?:[\w$]+\.)*[A-Z][\w$]*(?:Error|Exception|Throwable|Fault))(?: \[\w+\])?(?:$|:[ \t]*([^\n]*))/m;
const ALONE = /(?:^|\n)((?:[\w$]+\.)*[A-Z][\w$]*)(?: \[\w+\])?: ([^\n]*)$/;

/** Type and message of an error whose stack was logged, as `console.error(error)`, `logger.exception(…)` and java's loggers do; linear. */
export function errorOfStack(text: string): { type?: string; message: string } | undefined {
  const raised = raisedIn(text);
  if (raised !== undefined) return raised;
  const frames = text.search(FRAMES);
  if (frames === -1) return undefined;
  const above = text.slice(0, Math.min(frames, MAX_CHARS));
  const match = NAMED.exec(above) ?? ALONE.exec(above);
  if (match === null) return { message: above };
  return { type: match[1] as string, message: (match[2] ?? '').trim() };
}
