import { type Capacity, type Gauge, gaugesOf } from '@lamplighter/prediction';
import { type AccountIdentity, type GaugeIdentity, gaugeKey, type Subject, subjectKey } from '../domain/subject.ts';
import type { CapacityFailure, CapacityPort, KnownGaugesPort } from '../ports.ts';
import { type GaugeDeps, predictOneGauge } from './predict-gauge.ts';
import { withdrawGone } from './withdraw-gone.ts';

export interface CapacityDeps extends GaugeDeps {
  readonly capacities: CapacityPort;
  readonly knownGauges: KnownGaugesPort;
}

const TYPES: Readonly<Record<Capacity['kind'], GaugeIdentity['type']>> = {
  stream: 'kinesis-stream',
  table: 'dynamodb-table',
  cluster: 'aurora-cluster',
  api: 'api',
  apis: 'account',
};

/**
 * Everything that the functions of an account can fill up, figure by figure; what was told of something that is there no more is taken back. What fails of one
 * holds no other up: it is given back with its error.
 */
export async function predictCapacity(account: AccountIdentity, deps: CapacityDeps): Promise<CapacityFailure[]> {
  const { found, failed: unseen } = await deps.capacities();
  const failed = [...unseen];
  const attempt = async (gauge: GaugeIdentity, work: (subject: Subject) => Promise<void>): Promise<void> => {
    const subject = { accountId: account.accountId, region: account.region, gauge };
    await work(subject).catch((error: Error) => failed.push({ what: subjectKey(subject), error }));
  };
  const seen = new Set<string>();
  for (const capacity of found) {
    for (const gauge of gaugesOf(capacity)) {
      const identity = identityOf(account, capacity, gauge);
      seen.add(gaugeKey(identity));
      await attempt(identity, (subject) => predictOneGauge(subject, { gauge, capacity }, deps));
    }
  }
  const known = await deps.knownGauges(account);
  for (const identity of known.filter((one) => !seen.has(gaugeKey(one)) && !unseen.some((part) => hides(part, one))))
    await attempt(identity, (subject) => withdrawGone(subject, deps));
  return failed;
}

const identityOf = ({ accountId }: AccountIdentity, capacity: Capacity, { metric }: Gauge): GaugeIdentity => ({
  type: TYPES[capacity.kind],
  name: capacity.kind === 'apis' ? accountId : capacity.name,
  metric,
});

/** Whether a figure may be there though it was not found. Of APIs that cannot be listed the sum is not known either. */
const hides = ({ unseen }: CapacityFailure, { type, name }: GaugeIdentity): boolean =>
  unseen !== undefined &&
  (TYPES[unseen.kind] === type || (unseen.kind === 'api' && type === TYPES.apis)) &&
  (unseen.name ?? name) === name;
