import type { Fleet } from '../../../src/api/get-fleet.ts';
import type { Now } from '../../../src/api/get-now.ts';
import { asOf } from '../../live/as-of.ts';
import { useAnnounced } from '../../parts/announcements.tsx';
import { Heading } from '../../parts/heading.tsx';
import { verdictOf } from './verdict-of.ts';

const SIGNS = { critical: '▲', warning: '◆', good: '✓', old: '◌' } as const;

interface VerdictProps {
  readonly now: Now;
  /** Not known for the first moment. */
  readonly fleet: Fleet | undefined;
  readonly oldSince: number | undefined;
}

/** One sentence; of an answer that is not live it says when that was so, and nothing is green. */
export function Verdict({ now, fleet, oldSince }: VerdictProps) {
  const { tone, said } = verdictOf(now, fleet);
  useAnnounced(said);
  const look = oldSince !== undefined && tone === 'good' ? 'old' : tone;
  return (
    <Heading title="Now" class={`verdict ${look}`}>
      <span aria-hidden="true">{SIGNS[look]}</span> {oldSince !== undefined && `As of ${asOf(oldSince)}: `}
      {said}
    </Heading>
  );
}
