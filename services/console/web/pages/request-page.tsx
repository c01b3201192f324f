import { useRef } from 'preact/hooks';
import type { RequestPage as RequestAnswer } from '../../src/api/get-request.ts';
import { functionAddress } from '../live/function-address.ts';
import { linkTo } from '../live/route.ts';
import { useKept } from '../live/use-kept.ts';
import { usePolled } from '../live/use-polled.ts';
import { StateBadge, When } from '../parts/badges.tsx';
import { Heading } from '../parts/heading.tsx';
import { Empty, Loaded } from '../parts/notes.tsx';
import { RepairEnd } from '../parts/remediation-card.tsx';
import { clockTime, count, duration, percent, usd } from '../text/say-figures.ts';
import { Lines, Paragraph, Text } from '../text/text.tsx';
import { toldLine } from '../text/told-line.ts';
import { type TimelineEntry, timelineOf } from './timeline.ts';

type Story = Extract<RequestAnswer, { kind: 'story' }>;

/** The whole story of one request. */
export function RequestPage({ id }: { readonly id: string }) {
  const [isWhole, setWhole] = useKept('whole', false);
  const answer = usePolled<RequestAnswer>(
    `/api/request?id=${encodeURIComponent(id)}${isWhole ? '&whole=1' : ''}`,
    15_000,
  );
  // While the whole text is on its way, what was shown stays.
  const last = useRef<RequestAnswer>();
  const shown = answer.body ?? last.current;
  last.current = shown;
  return (
    <>
      <Heading>
        Request{' '}
        <code>
          <Text value={id} />
        </code>
      </Heading>
      <Loaded of={{ ...answer, ...(shown && { body: shown }) }}>
        {(body) =>
          body.kind === 'story' ? (
            <StoryView body={body} showWhole={() => setWhole(true)} isWhole={isWhole} />
          ) : (
            <Missing />
          )
        }
      </Loaded>
    </>
  );
}

const Missing = () => (
  <Empty title="No such request was audited.">
    Its log may be on its way (a minute), its function may not be watched, or the id is another’s.
  </Empty>
);

function StoryView({
  body,
  showWhole,
  isWhole,
}: {
  readonly body: Story;
  readonly showWhole: () => void;
  readonly isWhole: boolean;
}) {
  const { invocation, linesOmitted, attempts, completeness } = body.story;
  const entries = timelineOf(body);
  return (
    <>
      <Head invocation={invocation} />
      <dl class="figures">
        <Fact name="duration" value={duration(invocation.durationMs)} />
        <Fact name="billed" value={duration(invocation.billedDurationMs)} />
        <Fact name="memory" value={`${invocation.maxMemoryUsedMb ?? '–'} of ${invocation.memorySizeMb ?? '–'} MB`} />
        <Fact name="init" value={duration(invocation.initDurationMs)} />
        <Fact name="attempts" value={String(invocation.attempts)} />
        <Fact name="cost" value={invocation.costUsd === undefined ? '–' : usd(invocation.costUsd)} />
      </dl>
      {invocation.missing.length > 0 && <p class="faint">Not known: {invocation.missing.join(', ')}.</p>}
      {completeness !== undefined && (
        <p class="faint">{percent(completeness.completenessPct)} of the function’s calls of that hour were audited.</p>
      )}
      {invocation.messages.length > 0 && (
        <section>
          <h2>Messages</h2>
          <ul>
            {invocation.messages.map(({ stream, sequenceNumber }) => (
              <li key={`${stream} ${sequenceNumber}`}>
                <a href={linkTo('search', { q: `${stream} ${sequenceNumber}` })}>
                  <Text value={`${stream} ${sequenceNumber}`} />
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>
          Timeline <span class="faint">{attempts.length > 1 ? `of ${attempts.length} attempts, ` : ''}UTC</span>
        </h2>
        <ol class="timeline">
          {entries.map((entry, at) => (
            <li key={at} class={entry.kind === 'line' ? `line ${levelOf(entry.line.level)}` : entry.kind}>
              <time dateTime={new Date(entry.at).toISOString()}>{clockTime(entry.at)}</time>
              <EntryView entry={entry} requestId={invocation.requestId} isWhole={isWhole} showWhole={showWhole} />
            </li>
          ))}
        </ol>
        {linesOmitted > 0 && <p class="faint">{count(linesOmitted)} more lines stand in the log group.</p>}
      </section>
    </>
  );
}

/** What became of it, where, and with which error. */
const Head = ({ invocation }: { readonly invocation: Story['story']['invocation'] }) => (
  <>
    <p class="row">
      <StateBadge state={invocation.status} />
      {invocation.functionName && (
        <a
          href={functionAddress({
            functionName: invocation.functionName,
            accountId: invocation.accountId,
            region: invocation.region,
          })}
        >
          <Text value={invocation.functionName} />
        </a>
      )}
      {invocation.version && (
        <span>
          version <Text value={invocation.version} />
        </span>
      )}
      {invocation.coldStart && <span class="badge plain">cold start</span>}
      {invocation.startedAt !== undefined && <When at={invocation.startedAt} />}
    </p>
    {(invocation.errorType ?? invocation.errorMessage) && (
      <div class="note broken">
        <strong>
          <Text value={invocation.errorType ?? 'Error'} />
        </strong>
        <Paragraph value={(invocation.errorMessage ?? '').slice(0, 2_000)} />
      </div>
    )}
  </>
);

const levelOf = (level = ''): string => (/^(error|fatal)$/i.test(level) ? 'error' : /^warn/i.test(level) ? 'warn' : '');

interface StoryProps {
  readonly requestId: string;
  readonly isWhole: boolean;
  readonly showWhole: () => void;
}

function LineView({
  line,
  requestId,
  isWhole,
  showWhole,
}: StoryProps & { readonly line: Story['story']['lines'][number] }) {
  const { level, text } = toldLine(line.message, requestId);
  return (
    <div>
      {(level !== undefined || line.source === 'platform') && <span class="faint">{level ?? 'platform'} </span>}
      <Lines value={text} />
      {line.omittedCharacters > 0 &&
        (isWhole ? (
          <span class="faint">{count(line.omittedCharacters)} more characters stand in the log group.</span>
        ) : (
          <button type="button" onClick={showWhole}>
            Show {count(line.omittedCharacters)} more characters
          </button>
        ))}
    </div>
  );
}

function EntryView({ entry, requestId, isWhole, showWhole }: StoryProps & { readonly entry: TimelineEntry }) {
  switch (entry.kind) {
    case 'line':
      return <LineView line={entry.line} requestId={requestId} isWhole={isWhole} showWhole={showWhole} />;
    case 'span':
      return (
        <div>
          <span class="faint">span</span> <Text value={entry.span.remoteService ?? entry.span.serviceName ?? ''} />{' '}
          <Text value={entry.span.remoteOperation ?? entry.span.name} /> took{' '}
          <strong>{duration(entry.span.durationMs)}</strong>
          {entry.span.error && (
            <span class="broken">
              {' '}
              <Text value={entry.span.error.message ?? entry.span.error.type ?? 'failed'} />
            </span>
          )}
        </div>
      );
    case 'finding':
      return (
        <div>
          <span class="faint">finding</span>{' '}
          <a href={linkTo('finding', { id: entry.finding.findingId })}>
            <Text value={entry.finding.title} />
          </a>
        </div>
      );
    case 'change':
      return (
        <div>
          <span class="faint">change</span>{' '}
          <a href={linkTo('remediation', { id: entry.repair.remediationId })}>
            <Text value={entry.repair.title} />
          </a>{' '}
          <RepairEnd repair={entry.repair} />
        </div>
      );
  }
}

const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);
