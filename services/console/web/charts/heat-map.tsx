import { useEffect, useRef } from 'preact/hooks';
import type { LatencyGrid } from '../../src/domain/latency-grid.ts';
import { count, duration, utc } from '../text/say-figures.ts';
import { colorOf, useDark } from './scheme.ts';

/** From few to many, in `charts.css`: one hue that moves away from the ground, told apart without colour too; the least stands 3:1 from an empty cell. */
const RAMP = ['--heat-1', '--heat-2', '--heat-3', '--heat-4', '--heat-5', '--heat-6'] as const;
const ROW_PX = 8;

/** Latency over time: each cell is how many calls of that column took that long. Logarithmic in both height and colour. */
export function HeatMap({ grid }: { readonly grid: LatencyGrid }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const rows = grid.rowsMs.length;
  const isDark = useDark();
  useEffect(() => {
    if (canvas.current) paint(canvas.current, grid);
  }, [grid, isDark]);
  if (rows === 0) return <p class="faint">No call in this time.</p>;
  const [least, middle, most] = [grid.rowsMs[0], grid.rowsMs[rows >> 1], grid.rowsMs[rows - 1]];
  return (
    <figure class="heat-map">
      <div class="scale" aria-hidden="true">
        <span>{duration(most)}</span>
        <span>{duration(middle)}</span>
        <span>{duration(least)}</span>
      </div>
      <canvas ref={canvas} role="img" aria-label={said(grid)} style={{ height: `${rows * ROW_PX}px` }} />
      <figcaption>
        {utc(grid.columns[0] ?? 0)} to {utc(grid.columns.at(-1) ?? 0)} · calls a cell: 1{' '}
        <svg class="ramp" viewBox={`0 0 ${RAMP.length} 1`} preserveAspectRatio="none" aria-hidden="true">
          {RAMP.map((color, at) => (
            <rect key={color} x={at} width="1" height="1" fill={`var(${color})`} />
          ))}
        </svg>{' '}
        {count(mostIn(grid))}
      </figcaption>
    </figure>
  );
}

/** Calls of the fullest cell, 1 at least. */
const mostIn = ({ counts }: Pick<LatencyGrid, 'counts'>): number =>
  Math.max(1, ...counts.map((column) => Math.max(0, ...column)));

function paint(canvas: HTMLCanvasElement, { columns, rowsMs, counts }: LatencyGrid): void {
  const rows = rowsMs.length;
  canvas.width = columns.length;
  canvas.height = rows;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const place = canvas.parentElement ?? document.body;
  const colors = RAMP.map((name) => colorOf(place, name));
  const most = Math.log1p(mostIn({ counts }));
  for (const [x, column] of counts.entries()) {
    for (const [row, calls] of column.entries()) {
      if (calls === 0) continue;
      const step = Math.floor((Math.log1p(calls) / most) * colors.length);
      context.fillStyle = colors[Math.min(colors.length - 1, step)] ?? '';
      context.fillRect(x, rows - 1 - row, 1, 1);
    }
  }
}

/** The map in a sentence, for whoever cannot see it. */
function said({ rowsMs, counts }: LatencyGrid): string {
  const totals = rowsMs.map((_, row) => counts.reduce((sum, column) => sum + (column[row] ?? 0), 0));
  const busiest = totals.indexOf(Math.max(...totals));
  const last = totals.findLastIndex((calls) => calls > 0);
  return `Latency heat map: ${count(totals.reduce((a, b) => a + b, 0))} calls, most of them around ${duration(rowsMs[busiest])}, the slowest around ${duration(rowsMs[last])}.`;
}
