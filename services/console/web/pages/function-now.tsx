import type { FunctionPage } from '../../src/api/get-functions.ts';
import { FindingRow } from '../parts/finding-row.tsx';
import { Empty } from '../parts/notes.tsx';
import { RemediationCard } from '../parts/remediation-card.tsx';
import { CallsView } from './calls-view.tsx';
import { FunctionFigures } from './function-figures.tsx';
import { FunctionForecast } from './function-forecast.tsx';
import { RightSizeView } from './right-size-view.tsx';

interface FunctionNowProps {
  readonly of: FunctionPage;
  /** Which function, as parameters of the API. */
  readonly query: string;
  /** The same with the time that is shown. */
  readonly time: string;
  readonly refresh: () => void;
}

/** What a function does: what is open, its figures, what is ahead, what size would do, and what there was. */
export function FunctionNow({ of, query, time, refresh }: FunctionNowProps) {
  const { view, findings, remediations, unanswered } = of;
  const open = findings.filter(({ state }) => state === 'open');
  return (
    <>
      {view.totals.invocations === 0 && (
        <Empty title="No calls in this time.">
          Take a longer time above, or look whether its log group is subscribed.
        </Empty>
      )}
      {open.length > 0 && (
        <section>
          <h2>Open findings</h2>
          {open.map((finding) => (
            <FindingRow key={finding.findingId} finding={finding} />
          ))}
        </section>
      )}
      <FunctionFigures of={of} />
      <CallsView of={view} query={time} />
      {view.rightSize && <RightSizeView of={view.rightSize} isArchitectureKnown={view.architecture !== undefined} />}
      <FunctionForecast query={query} came={view.came} />
      <section>
        <h2>History</h2>
        {remediations.map((repair) => (
          <RemediationCard key={repair.remediationId} repair={repair} onDecided={refresh} />
        ))}
        {findings
          .filter(({ state }) => state !== 'open')
          .map((finding) => (
            <FindingRow key={finding.findingId} finding={finding} />
          ))}
        {findings.length + remediations.length === 0 && unanswered.length === 0 && (
          <Empty title="Nothing was found or repaired here." />
        )}
      </section>
    </>
  );
}
