import type { InvocationSummary } from '@lamplighter/contracts';
import { InputError } from '../input-error.ts';
import { formatDuration } from '../terminal/format-value.ts';
import { STATUS_WORDS } from './render/status-words.ts';

type Status = InvocationSummary['status'];

export const STATUSES = Object.keys(STATUS_WORDS) as readonly Status[];

const FAILED: readonly Status[] = ['error', 'timeout', 'out-of-memory', 'init-error'];

/** Which invocations are asked for, as the options say it. */
export interface FilterOptions {
  readonly failed?: true;
  readonly status?: Status;
  /** Milliseconds. */
  readonly slowerThan?: number;
}

/** Invocations that are wanted, and how that is said after their number: `failed and took longer than 500 ms`. */
export interface InvocationFilter {
  readonly matches: (invocation: InvocationSummary) => boolean;
  readonly words: string;
}

/** The filter of the options; undefined where they name none. A retried request is what its last attempt was. Throws an {@link InputError} for two statuses. */
export function filterOf({ failed, status, slowerThan }: FilterOptions): InvocationFilter | undefined {
  if (failed && status !== undefined)
    throw new InputError('usage', '--failed and --status both name how it ended.', 'Leave one of them out.');
  const wanted = failed ? FAILED : status === undefined ? undefined : [status];
  if (wanted === undefined && slowerThan === undefined) return undefined;
  const ended = failed ? 'failed' : status === undefined ? undefined : STATUS_WORDS[status].words;
  const took = slowerThan === undefined ? undefined : `took longer than ${formatDuration(slowerThan)}`;
  return {
    matches: (invocation) =>
      (wanted === undefined || wanted.includes(invocation.status)) &&
      (slowerThan === undefined || (invocation.durationMs ?? 0) > slowerThan),
    words: [ended, took].filter((words) => words !== undefined).join(' and '),
  };
}
