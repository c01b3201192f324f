import { type Capacity, type Gauge, gaugesOf } from '@lamplighter/prediction';
import { type AccountIdentity, type GaugeIdentity, subjectKey } from '../domain/subject.ts';
import type { CapacityFailure, CapacityPort } from '../ports.ts';
import { type GaugeDeps, predictOneGauge } from './predict-gauge.ts';

export interface CapacityDeps extends GaugeDeps {
  readonly capacities: CapacityPort;
}

const TYPES: Readonly<Record<Capacity['kind'], GaugeIdentity['type']>> = {
  stream: 'kinesis-stream',
  table: 'dynamodb-table',
  cluster: 'aurora-cluster',
  api: 'api',
};

/** Everything that the functions of an account can fill up, figure by figure. What fails of one holds no other up: it is given back with its error. */
export async function predictCapacity(
  { accountId, region }: AccountIdentity,
  deps: CapacityDeps,
): Promise<CapacityFailure[]> {
  const { found, failed: unseen } = await deps.capacities();
  const failed = [...unseen];
  for (const capacity of found) {
    for (const gauge of gaugesOf(capacity)) {
      const subject = { accountId, region, gauge: identityOf(capacity, gauge) };
      await predictOneGauge(subject, { gauge, capacity }, deps).catch((error: Error) =>
        failed.push({ what: subjectKey(subject), error }),
      );
    }
  }
  return failed;
}

const identityOf = ({ kind, name }: Capacity, { metric }: Gauge): GaugeIdentity => ({
  type: TYPES[kind],
  name,
  metric,
});
