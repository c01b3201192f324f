import uPlot from 'uplot';
import type { ChartSeries, LineChartProps } from './line-chart.tsx';

type Drawn = Omit<LineChartProps, 'label'> & {
  readonly width: number;
  readonly height: number;
  /** A colour of the style sheet, as it is now. */
  readonly color: (name: string) => string;
};

/** Draws lines into a place. What draws is loaded with the first chart. */
export function drawLines(place: HTMLElement, drawn: Drawn): uPlot {
  const { width, height, color, x, series, show, isTime = true, showX, bands = [], marks = [] } = drawn;
  const nameX = showX ?? ((value: number): string => (isTime ? utcTime(value) : String(value)));
  const axis = { stroke: () => color('--faint'), grid: { stroke: () => color('--line'), width: 1 } };
  return new uPlot(
    {
      ...{ width, height },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1e3), 'Etc/UTC'),
      scales: { x: { time: isTime } },
      axes: [
        { ...axis, values: (_chart, splits) => splits.map(nameX) },
        { ...axis, size: 64, values: (_chart, splits) => splits.map(show) },
      ],
      series: [
        { value: (_chart, value) => (value === null ? '–' : nameX(value)) },
        ...series.map(({ label: name, color: stroke, values, dash, isStep }) => ({
          label: name,
          stroke: () => color(stroke),
          width: 2,
          value: (_chart: uPlot, value: number | null) => (value === null ? '–' : show(value)),
          // A line of one point is no line.
          points: { show: known(values) < 3 },
          ...(dash && { dash: [...dash] }),
          ...(isStep && uPlot.paths.stepped && { paths: uPlot.paths.stepped({ align: 1 }) }),
        })),
      ],
      bands: bands.map(([upper, lower]) => ({ series: [upper + 1, lower + 1], fill: () => color('--band') })),
      hooks: { draw: [(chart) => drawMarks(chart, marks, color('--text'))] },
      // Where no pointer hovers, live figures would stay empty.
      legend: { live: matchMedia('(hover: hover)').matches },
    },
    [x.map((value) => (isTime ? value / 1e3 : value)), ...series.map(({ values }) => [...values])],
    place,
  );
}

function drawMarks({ ctx, bbox, valToPos }: uPlot, marks: readonly number[], stroke: string): void {
  ctx.save();
  ctx.strokeStyle = stroke;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
  for (const at of marks) {
    const x = valToPos(at / 1e3, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

const known = (values: ChartSeries['values']): number => values.filter((value) => value !== null).length;

/** `03:12`, UTC, of epoch seconds. */
const utcTime = (seconds: number): string => new Date(seconds * 1e3).toISOString().slice(11, 16);
