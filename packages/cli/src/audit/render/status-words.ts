import type { InvocationSummary } from '@lamplighter/contracts';
import type { Colour } from '../../terminal/paint.ts';

type Status = InvocationSummary['status'];

/** How a status is said, and the colour and sign it is said in. */
export const STATUS_WORDS: Readonly<
  Record<Status, { readonly words: string; readonly sign: string; readonly colour: Colour }>
> = {
  success: { words: 'succeeded', sign: '✓', colour: 'green' },
  error: { words: 'failed', sign: '✗', colour: 'red' },
  timeout: { words: 'timed out', sign: '✗', colour: 'red' },
  'out-of-memory': { words: 'ran out of memory', sign: '✗', colour: 'red' },
  'init-error': { words: 'failed to start', sign: '✗', colour: 'red' },
  unknown: { words: 'with unknown end', sign: '?', colour: 'yellow' },
};
