import type { ForecastPage } from '../../src/api/get-forecasts.ts';
import { Scroll } from '../parts/scroll.tsx';
import { count, usd } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';

/** What each service costs: its stack's functions together. */
export function StacksView({ stacks }: Pick<ForecastPage, 'stacks'>) {
  if (stacks.length === 0) return null;
  return (
    <Scroll label="Cost by service">
      <table>
        <thead>
          <tr>
            <th scope="col">stack</th>
            <th scope="col">functions</th>
            <th scope="col">today</th>
            <th scope="col">month so far</th>
            <th scope="col">month end, 95 %</th>
          </tr>
        </thead>
        <tbody>
          {stacks.map((one) => (
            <tr key={`${one.accountId} ${one.region} ${one.stack}`}>
              <th scope="row">
                <Text value={one.stack} />
              </th>
              <td>{count(one.functions)}</td>
              <td>{usd(one.todayUsd)}</td>
              <td>{usd(one.monthSoFarUsd)}</td>
              <td>
                {usd(one.monthUsd)}{' '}
                <span class="faint">
                  {usd(one.monthLowerUsd)} to {usd(one.monthUpperUsd)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
