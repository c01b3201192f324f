import type { Fleet } from '../../src/api/get-fleet.ts';
import { functionAddress } from '../live/function-address.ts';
import { usePolled } from '../live/use-polled.ts';
import { Empty, Loaded } from '../parts/notes.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { Silent } from '../parts/silent.tsx';
import { count, usd } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';
import { fleetSums } from './now/fleet-sums.ts';

const HOURS_OF_A_DAY = 24;
const MOST_DEAREST = 20;

/** What the watched functions cost in the last hour: all of them as they were summed up, the dearest from the audit itself. */
export function DearestFunctions() {
  const fleet = usePolled<Fleet>('/api/fleet?limit=100', 60_000);
  return (
    <section>
      <h2>The last hour, by function</h2>
      <Loaded of={fleet}>
        {(body) => (body.functions === 0 ? <Empty title="No function was seen yet." /> : <Dearest fleet={body} />)}
      </Loaded>
    </section>
  );
}

function Dearest({ fleet: { rows, functions, hasMore, lastHourUsd, unanswered } }: { readonly fleet: Fleet }) {
  const isPart = hasMore || functions > rows.length;
  const total = lastHourUsd ?? fleetSums(rows).costUsd;
  const dearest = rows.toSorted((a, b) => (b.costUsd ?? 0) - (a.costUsd ?? 0)).slice(0, MOST_DEAREST);
  const whose = isPart && lastHourUsd === null ? `${count(rows.length)} of ${count(functions)}` : count(functions);
  return (
    <>
      <Silent of={unanswered} />
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
        Duration and requests at list prices, of {whose} functions; as of x86_64 where it is not known what one runs on.
        {rows.length > MOST_DEAREST && ` The dearest ${MOST_DEAREST} of those looked at:`}
      </p>
      <Scroll label="The last hour, by function">
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
              <tr key={functionAddress(row)}>
                <th scope="row">
                  <a data-item href={functionAddress(row)}>
                    <Text value={row.functionName} />
                  </a>
                </th>
                <td>{row.costUsd === null ? 'not told' : usd(row.costUsd)}</td>
                <td>{row.invocations === null ? 'not told' : count(row.invocations)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
