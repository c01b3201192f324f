import type { Finding } from '@lamplighter/contracts';
import { useMemo } from 'preact/hooks';
import type { FindingDetails } from '../../src/api/get-findings.ts';
import type { FunctionPage as FunctionAnswer } from '../../src/api/get-functions.ts';
import { writeInstant } from '../../src/domain/instant.ts';
import { LineChart } from '../charts/line-chart.tsx';
import { serverNow } from '../live/api-client.ts';
import { functionQuery, resourceAddress } from '../live/function-address.ts';
import { usePolled } from '../live/use-polled.ts';
import { Marks } from '../parts/marks.tsx';
import { utc } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';
import { signalOf } from './finding-signal.ts';
import { type FindingTime, findingTime, hourAround } from './finding-time.ts';
import { findingMarks } from './function-marks.ts';
import { signalLines } from './signal-lines.ts';

const EVERY_MS = 15_000;

/**
 * What happened at a finding's function around the time it began. Asked for when the finding itself is there, which does not wait for it; what it
 * knows may be missing, and nothing else then.
 */
export function FindingChart({
  finding,
  remediations,
  changes,
}: Pick<FindingDetails, 'finding' | 'remediations' | 'changes'>) {
  const now = serverNow();
  const time = findingTime(finding, now);
  const { name, ...where } = finding.resource;
  const query = functionQuery({ functionName: name, ...where });
  const end = time.until === undefined ? '' : `&until=${writeInstant(time.until)}`;
  const { body, problem } = usePolled<FunctionAnswer>(
    `/api/function?${query}&hours=${time.hours}${end}`,
    time.until === undefined ? EVERY_MS : 0,
  );
  const view = body?.view;
  const lines = useMemo(() => view && signalLines(signalOf(finding), view, time.since), [view, finding, time.since]);
  const marks = useMemo(
    () => view && findingMarks(finding, remediations, changes, { since: time.since, until: view.until }),
    [view, finding, remediations, changes, time.since],
  );
  const at = useMemo(() => marks?.map((mark) => mark.at), [marks]);
  const isKnown = view !== undefined && view.totals.invocations > 0;
  return (
    <section>
      <h2>Around its beginning</h2>
      {body === undefined && !problem && (
        <p class="faint chart-to-come" aria-busy="true">
          Asking…
        </p>
      )}
      {body === undefined && problem && (
        <p class="faint">
          What its function did then is not told: <Text value={problem.message} />
        </p>
      )}
      {view && !isKnown && (
        <p class="faint">No call of this time is known: there was none, or it is longer ago than requests are kept.</p>
      )}
      {isKnown && lines && marks && (
        <>
          <LineChart {...lines} label={`${lines.label}, ${saidOf(finding, time)}`} {...(at && { marks: at })} />
          <Marks of={marks} />
        </>
      )}
      <p>
        <a href={resourceAddress(finding.resource, hourAround(finding, now))}>
          <Text value={name} /> around {utc(finding.openedAt)}
        </a>
      </p>
    </section>
  );
}

function saidOf({ resolvedAt }: Pick<Finding, 'resolvedAt'>, { isCut }: FindingTime): string {
  if (isCut) return 'from an hour before it began: a day of it';
  return `from an hour before it began ${resolvedAt === undefined ? 'until now' : 'until after it was over'}`;
}
