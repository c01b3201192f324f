import type { FunctionPage } from '../../src/api/get-functions.ts';
import { FindingRow } from '../parts/finding-row.tsx';
import { Empty } from '../parts/notes.tsx';
import { RemediationCard } from '../parts/remediation-card.tsx';
import { CallsView } from './calls-view.tsx';
import { FunctionFigures } from './function-figures.tsx';
import { findingsIn, repairsIn } from './in-time.ts';

interface FunctionPastProps {
  readonly of: FunctionPage;
  /** Which function and which time, as parameters of the API. */
  readonly time: string;
  readonly refresh: () => void;
  /** The address of the same function now. */
  readonly toNow: string;
}

/** What a function did at a time of the past: its figures then, and what was found and repaired. */
export function FunctionPast({ of, time, refresh, toNow }: FunctionPastProps) {
  const { view, unanswered } = of;
  const findings = findingsIn(of.findings, view);
  const repairs = repairsIn(of.remediations, view);
  return (
    <>
      {view.totals.invocations === 0 && (
        <Empty title="No calls of this time are known.">
          There were none, or it is longer ago than requests are kept: ingestion’s auditDays, 90 unless set otherwise.
        </Empty>
      )}
      {findings.length > 0 && (
        <section>
          <h2>Findings of this time</h2>
          {findings.map((finding) => (
            <FindingRow key={finding.findingId} finding={finding} />
          ))}
        </section>
      )}
      <FunctionFigures of={of} />
      <CallsView of={view} query={time} isOver />
      <section>
        <h2>Repairs of this time</h2>
        {repairs.map((repair) => (
          <RemediationCard key={repair.remediationId} repair={repair} onDecided={refresh} />
        ))}
        {repairs.length === 0 && unanswered.length === 0 && <Empty title="Nothing was repaired here at that time." />}
        <p class="faint">
          Looked for among its newest 200 findings and the newest 200 repairs of all. What is ahead, and which memory
          size to choose, is told <a href={toNow}>for now</a> alone.
        </p>
      </section>
    </>
  );
}
