import type { FunctionChange } from '@lamplighter/contracts';
import { sayChange } from '@lamplighter/diagnosis';
import { formatTime } from '../terminal/format-value.ts';
import type { Paint } from '../terminal/paint.ts';

const MOST = 20;

interface ChangesLook {
  readonly paint: Paint;
  /** Epoch milliseconds: of many changes the nearest to it are shown. */
  readonly near: number;
  /** What is said of those that were made after it. */
  readonly mark?: string;
}

/** Deploys and changed settings around a time, oldest first, a line each. Nothing where there is none. */
export function renderChanges(changes: readonly FunctionChange[], { paint, near, mark }: ChangesLook): string {
  if (changes.length === 0) return '';
  const shown = nearestTo(near, changes);
  const lines = shown.map((change) => {
    const after = mark !== undefined && change.at > near ? ` ${paint('dim', mark)}` : '';
    return `  ${formatTime(change.at)}  ${sayChange(change)}${after}`;
  });
  const more = changes.length - shown.length;
  const isUnsigned = changes.every(({ source }) => source !== 'cloudtrail');
  const notes = [
    ...(more > 0 ? [`  ${more} more, further away in time: --json has them.`] : []),
    ...(isUnsigned ? ['  Who made a change is known where a CloudTrail trail logs management events.'] : []),
  ];
  return `\n${[paint('bold', 'Changed'), ...lines, ...notes.map((note) => paint('dim', note))].join('\n')}\n`;
}

function nearestTo(near: number, changes: readonly FunctionChange[]): readonly FunctionChange[] {
  const byDistance = changes.toSorted((a, b) => Math.abs(a.at - near) - Math.abs(b.at - near));
  const nearest = new Set(byDistance.slice(0, MOST));
  return changes.filter((change) => nearest.has(change));
}
