import type { SearchHit } from '@lamplighter/contracts';
import type { Found } from '../../src/ports.ts';
import { functionAddress } from '../live/function-address.ts';
import { linkTo } from '../live/route.ts';
import { usePolled } from '../live/use-polled.ts';
import { useAnnounced } from '../parts/announcements.tsx';
import { When } from '../parts/badges.tsx';
import { Heading } from '../parts/heading.tsx';
import { Empty, Loaded } from '../parts/notes.tsx';
import { Silent } from '../parts/silent.tsx';
import { count } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';

/** What a search found, each a link to its story. */
export function SearchPage({ query }: { readonly query: string }) {
  const result = usePolled<Found>(`/api/search?q=${encodeURIComponent(query)}`, 0);
  useAnnounced(result.body ? `${count(result.body.hits.length)} found` : '');
  return (
    <>
      <Heading>
        Search: <Text value={query} />
      </Heading>
      <Loaded of={result}>
        {({ hits, note, unanswered = [] }) => (
          <>
            <Silent of={unanswered} />
            {note && (
              <p class="faint">
                <Text value={note} />
              </p>
            )}
            {hits.length === 0 && (
              <Empty title={unanswered.length > 0 ? 'Nothing matches in what was told.' : 'Nothing matches.'}>
                Request ids and messages (“stream number”) are found however old; names of functions by any part; log
                lines, as they are written, and errors in the last hour; findings among the newest two hundred.
              </Empty>
            )}
            <ul class="hits">
              {hits.map((hit) => (
                <li key={JSON.stringify(hit)} class="item">
                  <span class="badge plain">{hit.kind}</span>{' '}
                  <a class="title" data-item href={addressOf(hit)}>
                    <Text value={nameOf(hit)} />
                  </a>
                  <p class={hit.kind === 'line' ? 'clamped' : 'one-line'}>
                    <Text value={hit.kind === 'finding' ? hit.findingId : hit.detail} />
                    {hit.kind === 'error' && <span class="faint"> · {count(hit.count)} times in the last hour</span>}
                    {hit.kind === 'line' && (
                      <span class="faint">
                        {' '}
                        · <When at={hit.at} />
                      </span>
                    )}
                  </p>
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </>
  );
}

function addressOf(hit: SearchHit): string {
  if (hit.kind === 'function') return functionAddress(hit);
  if (hit.kind === 'line' && hit.requestId === undefined) return functionAddress(hit);
  if (hit.kind === 'finding') return linkTo('finding', { id: hit.findingId });
  return linkTo('request', { id: hit.requestId ?? '' });
}

function nameOf(hit: SearchHit): string {
  switch (hit.kind) {
    case 'function':
      return hit.functionName;
    case 'finding':
      return hit.detail;
    case 'line':
      return hit.requestId === undefined ? hit.functionName : `${hit.functionName}: ${hit.requestId}`;
    case 'error':
      return `${hit.functionName}: ${hit.requestId}`;
    case 'message':
      return `${hit.stream} ${hit.sequenceNumber}`;
    case 'request':
      return hit.requestId;
  }
}
