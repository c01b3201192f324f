import type { RequestPage } from '../../src/api/get-request.ts';
import { linkTo } from '../live/route.ts';
import { RepairEnd } from '../parts/remediation-card.tsx';
import { clockTime, count, duration, utcDay } from '../text/say-figures.ts';
import { Lines, Text } from '../text/text.tsx';
import { toldLine } from '../text/told-line.ts';
import { isOtherDay, type TimelineEntry, timelineOf } from './timeline.ts';

type Story = Extract<RequestPage, { kind: 'story' }>;

interface TimelineProps {
  readonly body: Story;
  readonly isWhole: boolean;
  readonly showWhole: () => void;
}

/** What happened, in order; what is of another day than the request says of which. */
export function Timeline({ body, isWhole, showWhole }: TimelineProps) {
  const { requestId, startedAt } = body.story.invocation;
  return (
    <ol class="timeline">
      {timelineOf(body).map((entry, at) => (
        <li key={at} class={entry.kind === 'line' ? `line ${levelOf(entry.line.level)}` : entry.kind}>
          <time dateTime={new Date(entry.at).toISOString()}>
            {isOtherDay(entry.at, startedAt) && `${utcDay(entry.at)} `}
            {clockTime(entry.at)}
          </time>
          <EntryView entry={entry} requestId={requestId} isWhole={isWhole} showWhole={showWhole} />
        </li>
      ))}
    </ol>
  );
}

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
    case 'message':
      return (
        <div>
          <span class="faint">message</span>{' '}
          <a href={linkTo('search', { q: `${entry.message.stream} ${entry.message.sequenceNumber}` })}>
            <Text value={`${entry.message.stream} ${entry.message.sequenceNumber}`} />
          </a>
        </div>
      );
    case 'deploy':
      return (
        <div>
          <span class="faint">deploy</span> version <Text value={entry.deploy.version} /> is called for the first time
        </div>
      );
    case 'made':
      return (
        <div>
          <span class="faint">change</span> <Text value={entry.change.text} />
        </div>
      );
    case 'change':
      return (
        <div>
          <span class="faint">repair</span>{' '}
          <a href={linkTo('remediation', { id: entry.repair.remediationId })}>
            <Text value={entry.repair.title} />
          </a>{' '}
          <RepairEnd repair={entry.repair} />
        </div>
      );
  }
}
