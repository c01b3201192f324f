import type { Fleet } from '../../src/api/get-functions.ts';
import { linkTo } from '../live/route.ts';
import { usePolled } from '../live/use-polled.ts';
import { Empty, Loaded } from '../parts/notes.tsx';
import { count, usd } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';

const HOURS_OF_A_DAY = 24;

/** What things cost now. */
export function ForecastsPage() {
  const fleet = usePolled<Fleet>('/api/fleet?limit=100', 60_000);
  return (
    <>
      <h1>Forecasts and cost</h1>
      <Loaded of={fleet}>
        {({ rows, cursor }) => {
          const total = rows.reduce((sum, { costUsd }) => sum + costUsd, 0);
          const dearest = rows.toSorted((a, b) => b.costUsd - a.costUsd).slice(0, 20);
          return (
            <section>
              <h2>Cost of the watched functions</h2>
              {rows.length === 0 && <Empty title="No function was seen yet." />}
              <dl class="figures">
                <div>
                  <dt>the last hour</dt>
                  <dd>{usd(total)}</dd>
                </div>
                <div>
                  <dt>a day like it</dt>
                  <dd>{usd(total * HOURS_OF_A_DAY)}</dd>
                </div>
              </dl>
              <p class="faint">
                Duration and requests at list prices, of {count(rows.length)} functions
                {cursor === undefined ? '' : ', the first of more'}.
              </p>
              <table>
                <thead>
                  <tr>
                    <th scope="col">function</th>
                    <th scope="col">last hour</th>
                    <th scope="col">calls</th>
                  </tr>
                </thead>
                <tbody>
                  {dearest.map((row) => (
                    <tr key={`${row.accountId} ${row.region} ${row.functionName}`}>
                      <th scope="row">
                        <a data-item href={linkTo('function', { name: row.functionName })}>
                          <Text value={row.functionName} />
                        </a>
                      </th>
                      <td>{usd(row.costUsd)}</td>
                      <td>{count(row.invocations)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          );
        }}
      </Loaded>
    </>
  );
}
