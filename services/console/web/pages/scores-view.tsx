import type { ForecastPage } from '../../src/api/get-forecasts.ts';
import { Scroll } from '../parts/scroll.tsx';
import { count, percent } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';

/** How far off the forecasts of each series were, beside a naive one, and how often the truth lay in the band. */
export function ScoresView({ scores }: Pick<ForecastPage, 'scores'>) {
  const scored = scores.filter(({ recent }) => recent !== undefined);
  if (scored.length === 0) return null;
  return (
    <section>
      <h2>How good they were</h2>
      <p class="faint">Sum of errors over sum of what came, about the last day; 95 % should lie in the band.</p>
      <Scroll label="Scores of past forecasts">
        <table>
          <thead>
            <tr>
              <th scope="col">series</th>
              <th scope="col">off by</th>
              <th scope="col">naive</th>
              <th scope="col">in band</th>
              <th scope="col">forecasts</th>
              <th scope="col">days before</th>
            </tr>
          </thead>
          <tbody>
            {scored.map(({ resource, metric, recent, days }) => (
              <tr key={`${resource.accountId} ${resource.region} ${resource.name} ${metric}`}>
                <th scope="row">
                  <Text value={resource.name} /> <span class="faint">{metric}</span>
                </th>
                <td>{percent(100 * (recent?.wape ?? 0))}</td>
                <td>{percent(100 * (recent?.naiveWape ?? 0))}</td>
                <td>{percent(recent?.coverage95Pct ?? 0)}</td>
                <td>{count(recent?.forecasts ?? 0)}</td>
                <td>
                  {days
                    .slice(1)
                    .map(({ wape }) => percent(100 * wape))
                    .join(', ') || '–'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
