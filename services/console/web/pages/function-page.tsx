import { errorText } from '@lamplighter/contracts/error-text';
import type { FunctionPage as FunctionAnswer } from '../../src/api/get-functions.ts';
import type { FunctionView } from '../../src/domain/function-view.ts';
import { linkTo } from '../live/route.ts';
import { useKept } from '../live/use-kept.ts';
import { usePolled } from '../live/use-polled.ts';
import { FindingRow } from '../parts/finding-row.tsx';
import { Heading } from '../parts/heading.tsx';
import { Empty, Loaded } from '../parts/notes.tsx';
import { RemediationCard } from '../parts/remediation-card.tsx';
import { Silent } from '../parts/silent.tsx';
import { count } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';
import { FunctionFigures } from './function-figures.tsx';
import { FunctionForecast } from './function-forecast.tsx';
import { RightSizeView } from './right-size-view.tsx';
import { VersionsView } from './versions-view.tsx';

interface FunctionPageProps {
  readonly name: string;
  /** Its account and region as parameters of the API: empty, or `&account=…&region=…`. */
  readonly of: string;
}

/** One function: how fast, how often it fails, what it costs, what changed, what size would do. */
export function FunctionPage({ name, of }: FunctionPageProps) {
  const [hours, setHours] = useKept('hours', 1);
  const answer = usePolled<FunctionAnswer>(
    `/api/function?name=${encodeURIComponent(name)}${of}&hours=${hours}`,
    15_000,
  );
  return (
    <>
      <Heading>
        <Text value={name} />
      </Heading>
      <fieldset class="row" aria-label="Time">
        {[1, 6, 24].map((each) => (
          <button key={each} type="button" aria-pressed={each === hours} onClick={() => setHours(each)}>
            {each} h
          </button>
        ))}
      </fieldset>
      <Loaded of={answer}>
        {({ view, findings, remediations, changes, unanswered }) => (
          <>
            <Silent of={unanswered} />
            {view.totals.invocations === 0 && (
              <Empty title="No calls in this time.">
                Take a longer time above, or look whether its log group is subscribed.
              </Empty>
            )}
            {findings.some(({ state }) => state === 'open') && (
              <section>
                <h2>Open findings</h2>
                {findings
                  .filter(({ state }) => state === 'open')
                  .map((finding) => (
                    <FindingRow key={finding.findingId} finding={finding} />
                  ))}
              </section>
            )}
            {view.totals.invocations > 0 && <FunctionFigures view={view} repairs={remediations} changes={changes} />}
            {view.errorTypes.length > 0 && <Errors view={view} />}
            {view.versions.length + changes.length > 0 && <VersionsView view={view} changes={changes} />}
            {view.rightSize && <RightSizeView of={view.rightSize} />}
            <FunctionForecast name={name} of={of} />
            <section>
              <h2>History</h2>
              {remediations.map((repair) => (
                <RemediationCard key={repair.remediationId} repair={repair} onDecided={answer.refresh} />
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
        )}
      </Loaded>
    </>
  );
}

const Errors = ({ view }: { readonly view: FunctionView }) => (
  <section>
    <h2>Errors</h2>
    <ul>
      {view.errorTypes.map(({ fingerprint, errorType, template, count: times, exampleRequestId }) => (
        <li key={fingerprint}>
          <strong>{count(times)} ×</strong> <Text value={errorText(errorType, template)} />{' '}
          <a href={linkTo('request', { id: exampleRequestId })}>example</a>
        </li>
      ))}
    </ul>
  </section>
);
