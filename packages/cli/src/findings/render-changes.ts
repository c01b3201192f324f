import type { FunctionChange } from '@lamplighter/contracts';
import { sayChange } from '@lamplighter/diagnosis';
import { formatTime } from '../terminal/format-value.ts';
import type { Paint } from '../terminal/paint.ts';

/** Deploys and changed settings around a time, oldest first, a line each. Nothing where there is none. */
export function renderChanges(changes: readonly FunctionChange[], paint: Paint): string {
  if (changes.length === 0) return '';
  const lines = changes.map((change) => `  ${formatTime(change.at)}  ${sayChange(change)}`);
  const isUnsigned = changes.every(({ source }) => source !== 'cloudtrail');
  const note = '  Who made a change is known where a CloudTrail trail logs management events.';
  return `\n${[paint('bold', 'Changed'), ...lines, ...(isUnsigned ? [paint('dim', note)] : [])].join('\n')}\n`;
}
