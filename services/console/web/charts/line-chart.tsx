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

export interface LineChartProps {
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
export function LineChart({ label, x, series, show, isTime, showX, bands, marks }: LineChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const isDark = useDark();
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    let chart: uPlot | undefined;
    let isGone = false;
    const resize = new ResizeObserver(() => chart?.setSize({ width: element.clientWidth, height: HEIGHT_PX }));
    void import('./draw-lines.ts').then(({ drawLines }) => {
      if (isGone) return;
      chart = drawLines(element, {
        ...{ x, series, show, width: element.clientWidth, height: HEIGHT_PX },
        ...(isTime !== undefined && { isTime }),
        ...(showX && { showX }),
        ...(bands && { bands }),
        ...(marks && { marks }),
        color: (name) => colorOf(element, name),
      });
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
