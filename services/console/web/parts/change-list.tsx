import type { ChangeItem } from '../../src/domain/change-item.ts';
import { Text } from '../text/text.tsx';
import { When } from './badges.tsx';

/** Deploys and changed settings, newest first; nothing where there is none. */
export const ChangeList = ({ of }: { readonly of: readonly ChangeItem[] }) =>
  of.length === 0 ? null : (
    <>
      <ul class="changes">
        {of.toReversed().map(({ changeId, at, text }) => (
          <li key={changeId}>
            <When at={at} /> <Text value={text} />
          </li>
        ))}
      </ul>
      {of.every(({ source }) => source !== 'cloudtrail') && (
        <p class="faint">Who made a change is known where a CloudTrail trail logs management events.</p>
      )}
    </>
  );
