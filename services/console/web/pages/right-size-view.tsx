import type { RightSize } from '@lamplighter/diagnosis';
import { useMemo } from 'preact/hooks';
import { LineChart } from '../charts/line-chart.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { duration, usd } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';

/** What each memory size would cost and take, and which to choose. */
export function RightSizeView({
  of: size,
  isArchitectureKnown,
}: {
  readonly of: RightSize;
  readonly isArchitectureKnown: boolean;
}) {
  const curve = size.curve.filter(({ basis }) => basis !== 'too-small');
  const lines = useMemo(
    () => ({
      x: curve.map(({ memorySizeMb }) => memorySizeMb),
      series: [
        { label: 'at most', color: '--orange', values: curve.map(({ usdPerMillion }) => usdPerMillion.most) },
        { label: 'at least', color: '--blue', values: curve.map(({ usdPerMillion }) => usdPerMillion.least) },
      ],
    }),
    [size],
  );
  return (
    <section>
      <h2>Memory size</h2>
      <p>
        <Text value={size.recommendation.text} />
      </p>
      <p class="faint">
        Prices of {size.architecture}
        {isArchitectureKnown ? ', which it runs on.' : ', the dearer one: what it runs on is not known.'}
      </p>
      <LineChart
        label="Cost of a million calls by memory size (MB)"
        x={lines.x}
        series={lines.series}
        show={usd}
        isTime={false}
        showX={megabytes}
        bands={BANDS}
      />
      <Scroll label="Memory sizes">
        <table>
          <thead>
            <tr>
              <th scope="col">MB</th>
              <th scope="col">p95</th>
              <th scope="col">a million calls</th>
              <th scope="col">known how</th>
            </tr>
          </thead>
          <tbody>
            {curve.map(({ memorySizeMb, p95Ms, usdPerMillion, basis }) => (
              <tr key={memorySizeMb} class={memorySizeMb === size.recommendation.memorySizeMb ? 'chosen' : undefined}>
                <th scope="row">
                  {memorySizeMb}
                  {memorySizeMb === size.currentMb && ' (now)'}
                  {memorySizeMb === size.recommendation.memorySizeMb && memorySizeMb !== size.currentMb && ' (advised)'}
                </th>
                <td>{between(p95Ms, duration)}</td>
                <td>{between(usdPerMillion, usd)}</td>
                <td>{basis}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

const BANDS = [[0, 1]] as const;
const megabytes = (value: number): string => String(Math.round(value));

const between = (
  { least, most }: { readonly least: number; readonly most: number },
  show: (value: number) => string,
): string => (show(least) === show(most) ? show(least) : `${show(least)} to ${show(most)}`);
