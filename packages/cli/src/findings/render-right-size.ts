import type { Bounds, RightSize, SizeEstimate } from '@lamplighter/diagnosis';
import { escapeText } from '../terminal/escape-text.ts';
import { formatCost, formatCount, formatDuration } from '../terminal/format-value.ts';
import type { Paint } from '../terminal/paint.ts';

const BASIS: Readonly<Record<SizeEstimate['basis'], string>> = {
  measured: 'measured',
  estimated: 'estimated: other sizes were seen',
  bounded: 'between all waiting and all computing',
  'too-small': 'too small for the memory in use',
};

/** What each memory size costs and takes, one a line, and a recommendation. `isKnown`: the architecture was named, or Lambda told it. */
export function renderRightSize(
  functionName: string,
  answer: RightSize,
  { paint, isKnown }: { readonly paint: Paint; readonly isKnown: boolean },
): string {
  const assumed = isKnown ? '' : ', since it is not known what it runs on';
  const rows = answer.curve.map((size) => {
    const isCurrent = size.memorySizeMb === answer.currentMb;
    const cells = [
      `${size.memorySizeMb.toLocaleString('en-US')} MB`.padStart(9),
      range(size.usdPerMillion, formatCost).padStart(20),
      range(size.p95Ms, formatDuration).padStart(24),
      `${BASIS[size.basis]}${isCurrent ? ', now' : ''}`,
    ];
    return paint(isCurrent ? 'green' : 'dim', cells.join('  '));
  });
  const share = answer.cpuShare === undefined ? '' : ` ${Math.round(answer.cpuShare * 100)} % of a call is computing.`;
  return [
    `${escapeText(functionName)}: ${formatCount(answer.calls, 'call')} at ${answer.currentMb} MB, at most ${answer.maxMemoryUsedMb} MB used.${share} Prices of ${answer.architecture}${assumed}: --architecture names another.`,
    '',
    paint('dim', `${'memory'.padStart(9)}  ${'a million calls'.padStart(20)}  ${'p95'.padStart(24)}`),
    ...rows,
    '',
    answer.recommendation.text,
    '',
  ].join('\n');
}

const range = ({ least, most }: Bounds, format: (value: number) => string): string =>
  format(least) === format(most) ? format(least) : `${format(least)} to ${format(most)}`;
