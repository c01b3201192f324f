import type { Evidence as EvidenceShape } from '@lamplighter/contracts';
import type { FindingDetails, FindingList } from '../../src/api/get-findings.ts';
import type { FindingItem } from '../../src/domain/list-items.ts';
import { resourceAddress } from '../live/function-address.ts';
import { linkTo } from '../live/route.ts';
import { useNarrow } from '../live/use-narrow.ts';
import { usePages } from '../live/use-pages.ts';
import { usePolled } from '../live/use-polled.ts';
import { SeverityBadge, StateBadge, When } from '../parts/badges.tsx';
import { ChangeList } from '../parts/change-list.tsx';
import { FindingRow } from '../parts/finding-row.tsx';
import { Heading } from '../parts/heading.tsx';
import { Empty, Loaded } from '../parts/notes.tsx';
import { PageNotes } from '../parts/page-notes.tsx';
import { RemediationCard } from '../parts/remediation-card.tsx';
import { Silent } from '../parts/silent.tsx';
import { VirtualList } from '../parts/virtual-list.tsx';
import { count } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';
import { FindingChart } from './finding-chart.tsx';

const EVERY_MS = 15_000;

/** All findings, newest first; the newest two hundred are live. */
export function FindingsPage() {
  const list = usePages('/api/findings?limit=200', { everyMs: EVERY_MS, pageOf, keyOf });
  const isNarrow = useNarrow();
  return (
    <>
      <Heading title="Findings">
        Findings {list.isWhole && <span class="faint">{count(list.items.length)}</span>}
      </Heading>
      <Loaded of={list.newest}>
        {({ findings }) => (
          <>
            {findings.length === 0 && (
              <Empty title="Nothing was ever found.">
                A finding appears here within two minutes of its first bad window.
              </Empty>
            )}
            <PageNotes of={list} />
            <VirtualList
              items={list.items}
              keyOf={keyOf}
              rowPx={isNarrow ? 130 : 104}
              label="Findings"
              onEnd={list.more}
            >
              {(finding) => <FindingRow finding={finding} />}
            </VirtualList>
            {!list.isWhole && !list.problem && <p class="more faint">More are on their way…</p>}
          </>
        )}
      </Loaded>
    </>
  );
}

const pageOf = ({ findings, ...rest }: FindingList) => ({ items: findings, ...rest });

const keyOf = ({ findingId }: FindingItem): string => findingId;

/** One finding: what, why, the figures that speak for it, and where to look on. */
export function FindingPage({ id }: { readonly id: string }) {
  const details = usePolled<FindingDetails>(`/api/finding?id=${encodeURIComponent(id)}`, 5_000);
  return (
    <Loaded of={details} title="Finding">
      {({ finding, remediations, changes, unanswered }) => (
        <>
          <Heading>
            <Text value={finding.title} />
          </Heading>
          <p class="row">
            <SeverityBadge severity={finding.severity} />
            <StateBadge state={finding.state} />
            <span>
              since <When at={finding.openedAt} />
            </span>
            {finding.resolvedAt !== undefined && (
              <span>
                over <When at={finding.resolvedAt} />
              </span>
            )}
            {finding.resource.type === 'lambda-function' && (
              <a href={resourceAddress(finding.resource)}>
                <Text value={finding.resource.name} />
              </a>
            )}
          </p>
          <p class="lead">
            <Text value={finding.explanation} />
          </p>
          <Silent of={unanswered} />
          {remediations.length > 0 && (
            <section>
              <h2>Repairs</h2>
              {remediations.map((repair) => (
                <RemediationCard key={repair.remediationId} repair={repair} onDecided={details.refresh} />
              ))}
            </section>
          )}
          {finding.resource.type === 'lambda-function' && (
            <FindingChart finding={finding} remediations={remediations} changes={changes} />
          )}
          {changes.length > 0 && (
            <section>
              <h2>Changed shortly before, or since</h2>
              <ChangeList of={changes} />
            </section>
          )}
          <section>
            <h2>Likely causes</h2>
            {finding.causes.length === 0 && (
              <Empty title="No cause is known.">What speaks for the finding stands below.</Empty>
            )}
            <ol>
              {finding.causes.map((cause) => (
                <li key={`${cause.kind} ${cause.name}`}>
                  <strong>
                    <Text value={cause.name} />
                  </strong>{' '}
                  <span class="faint">
                    {cause.kind.replaceAll('-', ' ')}
                    {cause.share !== undefined && `, ${Math.round(100 * cause.share)} % of the effect`}
                  </span>
                  <EvidenceList evidence={cause.evidence} />
                </li>
              ))}
            </ol>
          </section>
          <section>
            <h2>Evidence</h2>
            <EvidenceList evidence={finding.evidence} />
          </section>
          {finding.lookAt.length > 0 && (
            <section>
              <h2>Look at next</h2>
              <ul>
                {finding.lookAt.map(({ text, command, url }) => (
                  <li key={text}>
                    <Text value={text} />
                    {command && (
                      <code class="block">
                        <Text value={command} />
                      </code>
                    )}
                    {url?.startsWith('https://') && (
                      <a href={url} rel="noreferrer noopener" target="_blank">
                        <Text value={url} />
                      </a>
                    )}
                  </li>
                ))}
              </ul>
            </section>
          )}
          <p class="faint">
            confidence {Math.round(100 * finding.confidence)} % · <Text value={finding.findingId} />
          </p>
        </>
      )}
    </Loaded>
  );
}

/** Facts, each with the requests that show it. */
export const EvidenceList = ({ evidence }: { readonly evidence: readonly EvidenceShape[] }) => (
  <ul>
    {evidence.map(({ text, requestIds = [] }) => (
      <li key={text}>
        <Text value={text} />
        {requestIds.length > 0 && (
          <span class="requests">
            {' '}
            {requestIds.map((requestId) => (
              <a key={requestId} href={linkTo('request', { id: requestId })}>
                <Text value={requestId.slice(0, 8)} />
              </a>
            ))}
          </span>
        )}
      </li>
    ))}
  </ul>
);
