import { cutText } from '@lamplighter/contracts/cut-text';
import { messageBelowType } from '@lamplighter/contracts/error-text';
import { useRef } from 'preact/hooks';
import type { RequestPage as RequestAnswer } from '../../src/api/get-request.ts';
import { functionAddress } from '../live/function-address.ts';
import { linkTo } from '../live/route.ts';
import { useKept } from '../live/use-kept.ts';
import { usePolled } from '../live/use-polled.ts';
import { StateBadge, When } from '../parts/badges.tsx';
import { Heading } from '../parts/heading.tsx';
import { Empty, Loaded } from '../parts/notes.tsx';
import { Silent } from '../parts/silent.tsx';
import { count, duration, percent, usd } from '../text/say-figures.ts';
import { Paragraph, Text } from '../text/text.tsx';
import { Timeline } from './timeline-view.tsx';
import { Waterfalls } from './waterfall-view.tsx';

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
  return (
    <>
      <Head invocation={invocation} />
      <Silent of={body.unanswered} />
      <dl class="figures">
        <Fact name="duration" value={duration(invocation.durationMs)} />
        <Fact name="billed" value={duration(invocation.billedDurationMs)} />
        <Fact name="memory" value={`${invocation.maxMemoryUsedMb ?? '–'} of ${invocation.memorySizeMb ?? '–'} MB`} />
        <Fact name="init" value={duration(invocation.initDurationMs)} />
        <Fact name="attempts" value={String(invocation.attempts)} />
        <Fact
          name={body.pricedFor === undefined ? 'cost, as of x86_64' : `cost, ${body.pricedFor}`}
          value={invocation.costUsd === undefined ? '–' : usd(invocation.costUsd)}
        />
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
      <Waterfalls story={body.story} />
      <section>
        <h2>
          Timeline <span class="faint">{attempts.length > 1 ? `of ${attempts.length} attempts, ` : ''}UTC</span>
        </h2>
        <Timeline body={body} isWhole={isWhole} showWhole={showWhole} />
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
        <Paragraph value={cutText(messageBelowType(invocation.errorType, invocation.errorMessage), 2_000)} />
      </div>
    )}
  </>
);

const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);
