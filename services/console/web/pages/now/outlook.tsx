import type { Outlook as Foreseen } from '../../../src/api/get-outlook.ts';
import { serverNow } from '../../live/api-client.ts';
import { linkTo } from '../../live/route.ts';
import { usePolled } from '../../live/use-polled.ts';
import { Loaded } from '../../parts/notes.tsx';
import { clockTime, count, percent } from '../../text/say-figures.ts';

/** The load of the account in the hour ahead, in one row: its peak with the band, and how far to trust it. It asks before it is shown, beside what is above it. */
export function Outlook({ isShown }: { readonly isShown: boolean }) {
  const answer = usePolled<{ readonly outlook: Foreseen | null }>('/api/outlook', 60_000);
  if (!isShown || answer.problem?.code === 'NOT_DEPLOYED') return null;
  return (
    <section>
      <h2>The load ahead</h2>
      <Loaded of={answer}>
        {({ outlook }) => (outlook ? <Row of={outlook} /> : <p class="faint">Nothing is forecast yet.</p>)}
      </Loaded>
    </section>
  );
}

function Row({ of }: { readonly of: Foreseen }) {
  const { mean, startsAt, stepMs, unit, band, score } = of;
  // What is over is not ahead, however long ago the forecast was made.
  const over = Math.floor((serverNow() - startsAt) / stepMs);
  const ahead = mean.slice(Math.min(Math.max(0, over), mean.length - 1));
  const peak = mean.lastIndexOf(Math.max(...ahead));
  const at = clockTime(startsAt + peak * stepMs).slice(0, 5);
  const whole = (value = 0): string => count(Math.round(value));
  return (
    <p class="row">
      <Sketch of={of} />
      <span>
        at its peak about{' '}
        <strong>
          {whole(mean[peak])} {unit}
        </strong>{' '}
        in {Math.round(stepMs / 60_000)} minutes, at {at} UTC
        {band && (
          <>
            ; {whole(band.lower[peak])} to {whole(band.upper[peak])} with {band.levelPct} % confidence
          </>
        )}
        <span class="faint">
          {score
            ? ` · forecasts so far: off by ${percent(100 * score.wape)} (naive ${percent(100 * score.naiveWape)}), ${percent(score.coverage95Pct)} in the band`
            : ' · no truth has arrived to score it yet'}{' '}
          · <a href={linkTo('forecasts')}>all forecasts</a>
        </span>
      </span>
    </p>
  );
}

const WIDTH = 120;
const HEIGHT = 32;

/** The forecast as a line in its band; the row says it in figures. */
function Sketch({ of: { mean, band } }: { readonly of: Pick<Foreseen, 'mean' | 'band'> }) {
  const most = Math.max(1, ...mean, ...(band?.upper ?? []));
  const point = (value: number, at: number): string =>
    `${(at * WIDTH) / Math.max(1, mean.length - 1)},${HEIGHT - (HEIGHT * Math.max(0, value)) / most}`;
  const lower = band?.lower.map(point).reverse() ?? [];
  return (
    <svg class="sketch" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden="true">
      {band && <polygon points={[...band.upper.map(point), ...lower].join(' ')} fill="var(--band)" />}
      <polyline points={mean.map(point).join(' ')} fill="none" stroke="var(--blue)" stroke-width="2" />
    </svg>
  );
}
