import { parseJsonObject } from '../../json-fields.ts';
import type { LoggedError } from '../../log-record.ts';
import { errorObject } from './error-object.ts';

const LABELS = [
  'Error raised from handler method',
  'Critical exception from handler',
  'Init error when loading handler',
];

export const isRubyLabel = (line: string): boolean => LABELS.some((text) => line.startsWith(text));

/** The label, and the error as JSON below it. */
export function rubyError(line: string): LoggedError | undefined {
  if (!isRubyLabel(line)) return undefined;
  const close = line.indexOf('\n}');
  const detail = parseJsonObject(line.slice(Math.max(line.indexOf('{'), 0), close === -1 ? undefined : close + 2));
  const error = detail === undefined ? undefined : errorObject(detail, true);
  return error ?? { type: 'Function', message: line.split('\n', 1)[0] as string, isUncaught: true };
}
