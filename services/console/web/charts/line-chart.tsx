import { useEffect, useRef } from 'preact/hooks';
import type uPlot from 'uplot';
import { colorOf, useDark } from './scheme.ts';

export interface ChartSeries {
  readonly label: string;
  /** A variable of the style sheet: `--blue`. */
  readonly color: string;
  readonly values: readonly (number | null)[];
  readonly dash?: readonly number[];
  readonly isStep?: boolean;
}

interface LineChartProps {
  readonly label: string;
  /** Epoch milliseconds, or any ascending number where `isTime` is false. */
  readonly x: readonly number[];
  readonly series: readonly ChartSeries[];
  readonly show: (value: number) => string;
  readonly isTime?: boolean;
  readonly showX?: (value: number) => string;
  /** Pairs of series (by index) whose space between is filled. */
  readonly bands?: readonly (readonly [upper: number, lower: number])[];
  /** Instants at which something was changed: a dashed line each, named in text beside the charts. */
  readonly marks?: readonly number[];
}

const HEIGHT_PX = 180;

/** Lines over time by uPlot, which is loaded with the first chart. The label says what they show; figures stand beside in text. */
export function LineChart({ label, x, series, show, isTime = true, showX, bands = [], marks = NONE }: LineChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const isDark = useDark();
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    let chart: uPlot | undefined;
    let isGone = false;
    const resize = new ResizeObserver(() => chart?.setSize({ width: element.clientWidth, height: HEIGHT_PX }));
    void import('uplot').then(({ default: Plot }) => {
      if (isGone) return;
      const color = (name: string): string => colorOf(element, name);
      const nameX = showX ?? ((value: number): string => (isTime ? utcTime(value) : String(value)));
      const axis = { stroke: () => color('--faint'), grid: { stroke: () => color('--line'), width: 1 } };
      chart = new Plot(
        {
          width: element.clientWidth,
          height: HEIGHT_PX,
          tzDate: (seconds) => Plot.tzDate(new Date(seconds * 1e3), 'Etc/UTC'),
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
              ...(isStep && Plot.paths.stepped && { paths: Plot.paths.stepped({ align: 1 }) }),
            })),
          ],
          bands: bands.map(([upper, lower]) => ({
            series: [upper + 1, lower + 1],
            fill: () => color('--band'),
          })),
          hooks: { draw: [(drawn) => drawMarks(drawn, marks, color('--text'))] },
          // Where no pointer hovers, live figures would stay empty.
          legend: { live: matchMedia('(hover: hover)').matches },
        },
        [x.map((value) => (isTime ? value / 1e3 : value)), ...series.map(({ values }) => [...values])],
        element,
      );
      resize.observe(element);
    });
    return () => {
      isGone = true;
      resize.disconnect();
      chart?.destroy();
    };
  }, [x, series, show, isTime, showX, bands, marks, isDark]);
  return (
    <figure class="chart">
      <figcaption>{label}</figcaption>
      <div ref={place} role="img" aria-label={label} />
    </figure>
  );
}

const NONE: readonly number[] = [];

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
