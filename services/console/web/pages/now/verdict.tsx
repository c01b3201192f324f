import type { Now } from '../../../src/api/get-now.ts';
import { asOf } from '../../live/as-of.ts';
import { Heading } from '../../parts/heading.tsx';
import { verdictOf } from './verdict-of.ts';

const SIGNS = { critical: '▲', warning: '◆', good: '✓', old: '◌' } as const;

/** One sentence; of an answer that is not live it says when that was so, and nothing is green. */
export function Verdict({ now, oldSince }: { readonly now: Now; readonly oldSince: number | undefined }) {
  const { tone, said } = verdictOf(now);
  const look = oldSince !== undefined && tone === 'good' ? 'old' : tone;
  return (
    <Heading title="Now" class={`verdict ${look}`}>
      <span aria-hidden="true">{SIGNS[look]}</span> {oldSince !== undefined && `As of ${asOf(oldSince)}: `}
      {said}
    </Heading>
  );
}
