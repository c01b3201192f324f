import { utc } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';

/** An instant that charts mark by a dashed line. */
export interface Mark {
  readonly at: number;
  readonly what: string;
}

/** What the dashed lines of the charts are. */
export const Marks = ({ of }: { readonly of: readonly Mark[] }) =>
  of.length === 0 ? null : (
    <p>
      <span class="faint">┆ marked: </span>
      {of.map(({ at, what }) => (
        <span key={`${at} ${what}`} class="mark">
          <Text value={what} /> <span class="faint">{utc(at)}</span>{' '}
        </span>
      ))}
    </p>
  );
