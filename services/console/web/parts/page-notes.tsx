import { asOf } from '../live/as-of.ts';
import type { Pages } from '../live/use-pages.ts';
import { ProblemNote } from './notes.tsx';

type AnyPages = Omit<Pages<unknown, unknown>, 'renew'>;

/** Of a list that is longer than its live page: how old the rest is, or why it did not come; either way, how to have it anew. */
export function PageNotes({ of: { olderAt, problem, restart } }: { readonly of: AnyPages }) {
  if (problem) return <ProblemNote problem={problem} retry={restart} />;
  if (olderAt === undefined) return null;
  return (
    <p class="row faint">
      The newest are live, those behind them as of {asOf(olderAt)}.
      <button type="button" class="link" onClick={restart}>
        Ask again
      </button>
    </p>
  );
}

/** Asks for the next page of a list whose items are of any height. */
export const MoreButton = ({ of: { isWhole, items, problem, more } }: { readonly of: AnyPages }) =>
  isWhole || problem || items.length === 0 ? null : (
    <button type="button" onClick={more}>
      Show older ones
    </button>
  );
