import { type Capacity, type Gauge, gaugesOf } from '@lamplighter/prediction';
import type { AccountIdentity, GaugeIdentity, Subject } from '../domain/subject.ts';
import type { CapacityPort } from '../ports.ts';
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
): Promise<{ readonly subject: Subject; readonly error: Error }[]> {
  const failed: { subject: Subject; error: Error }[] = [];
  for (const capacity of await deps.capacities()) {
    for (const gauge of gaugesOf(capacity)) {
      const subject = { accountId, region, gauge: identityOf(capacity, gauge) };
      await predictOneGauge(subject, { gauge, capacity }, deps).catch((error: Error) =>
        failed.push({ subject, error }),
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
