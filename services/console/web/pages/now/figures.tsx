import type { Fleet, FleetRow } from '../../../src/api/get-fleet.ts';
import { functionAddress } from '../../live/function-address.ts';
import { linkTo } from '../../live/route.ts';
import type { Polled } from '../../live/use-polled.ts';
import { Loaded } from '../../parts/notes.tsx';
import { Silent } from '../../parts/silent.tsx';
import { count, percent, usd } from '../../text/say-figures.ts';
import { Text } from '../../text/text.tsx';
import { Figure } from './figure.tsx';
import { costOfHour, failMost, fleetSums } from './fleet-sums.ts';

/** The last hour in figures, once a minute: of all functions what it cost, of those that matter most the rest. */
export const Figures = ({ fleet }: { readonly fleet: Polled<Fleet> }) => (
  <section>
    <h2>The last hour</h2>
    <Loaded of={fleet}>
      {(body) => (body.functions === 0 ? <p>No function was seen yet.</p> : <Hour fleet={body} />)}
    </Loaded>
  </section>
);

function Hour({ fleet }: { readonly fleet: Fleet }) {
  const { rows, functions, hasMore, unanswered } = fleet;
  const { calls, failures, coldStarts, untold, leastAudited, unreadable } = fleetSums(rows);
  const cost = costOfHour(fleet);
  const failing = failMost(rows);
  const all = `${count(functions)}${hasMore ? '+' : ''}`;
  const isPart = hasMore || functions > rows.length;
  const few = isPart ? `of ${count(rows.length)}` : '';
  return (
    <>
      <Silent of={unanswered} />
      <dl class="figures">
        <Figure name="calls" value={count(calls)} note={few} />
        <Figure
          name="failed"
          value={count(failures)}
          note={[calls > 0 && percent((100 * failures) / calls), few].filter(Boolean).join(' · ')}
        />
        <Figure name="cold starts" value={count(coldStarts)} note={few} />
        <Figure
          name="cost of the functions"
          value={usd(cost.usd)}
          note={isPart && cost.isOfAll ? `of all ${all}` : few}
        />
      </dl>
      {untold > 0 && (
        <p class="broken">
          Of {count(untold)} functions the audit did not tell what they did: they are in none of these figures.
        </p>
      )}
      {failing.length > 0 && (
        <p>
          Fail most:{' '}
          {failing.map((row) => (
            <span key={functionAddress(row)}>
              <FunctionLink row={row} /> <span class="faint">({count(row.failures ?? 0)})</span>{' '}
            </span>
          ))}
        </p>
      )}
      <p>
        Audited in the last day:{' '}
        {leastAudited ? (
          <>
            least {percent(leastAudited.completenessPct ?? 0)}, of <FunctionLink row={leastAudited} />
          </>
        ) : (
          'not measured yet'
        )}
      </p>
      {unreadable.length > 0 && (
        <p class="broken">
          Log groups that may not be read, so that what is missing stays missing:{' '}
          {unreadable.map((row) => (
            <span key={functionAddress(row)}>
              <FunctionLink row={row} />{' '}
            </span>
          ))}
        </p>
      )}
      <p class="faint">
        {isPart && `${count(rows.length)} of ${all} functions: those with open findings, then the dearest. `}
        <a href={linkTo('functions')}>Every function</a>
      </p>
    </>
  );
}

const FunctionLink = ({ row }: { readonly row: FleetRow }) => (
  <a href={functionAddress(row)}>
    <Text value={row.functionName} />
  </a>
);
