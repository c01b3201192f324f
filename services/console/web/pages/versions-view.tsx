import type { ChangeItem } from '../../src/domain/change-item.ts';
import type { FunctionView } from '../../src/domain/function-view.ts';
import { When } from '../parts/badges.tsx';
import { ChangeList } from '../parts/change-list.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { count, duration, percent } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';

interface VersionsProps {
  readonly view: FunctionView;
  readonly changes: readonly ChangeItem[];
}

/** What was deployed and set, and what each version did. */
export const VersionsView = ({ view, changes }: VersionsProps) => (
  <section>
    <h2>Versions and deploys</h2>
    <ChangeList of={changes} />
    {view.versions.length > 0 && <Versions view={view} />}
  </section>
);

const Versions = ({ view }: Pick<VersionsProps, 'view'>) => (
  <Scroll label="Versions">
    <table>
      <thead>
        <tr>
          <th scope="col">version</th>
          <th scope="col">first call</th>
          <th scope="col">calls</th>
          <th scope="col">failed</th>
          <th scope="col">p95</th>
        </tr>
      </thead>
      <tbody>
        {view.versions.map((one) => (
          <tr key={one.version}>
            <th scope="row">
              <Text value={one.version} />
            </th>
            <td>{one.firstSeen <= view.since + view.stepMs ? 'before' : <When at={one.firstSeen} />}</td>
            <td>{count(one.invocations)}</td>
            <td>{percent((100 * one.failures) / Math.max(1, one.invocations))}</td>
            <td>{duration(one.p95Ms)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </Scroll>
);
