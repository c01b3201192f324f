import { AlertRequested } from '@lamplighter/contracts';
import { syntheticIdOn } from '../../domain/synthetic-alert.ts';
import type { PublishPort } from '../../ports.ts';

const DAY_MS = 86_400_000;

const TITLE = 'Lamplighter is alive: the daily synthetic alert';

/** Once a day an alert that nobody has to act on goes the whole way, from the bus to each channel, and yesterday's is closed. */
export async function sendSyntheticAlert(now: number, publish: PublishPort): Promise<void> {
  await publish([request('resolve', syntheticIdOn(now - DAY_MS), now), request('open', syntheticIdOn(now), now)]);
}

function request(change: 'open' | 'resolve', id: string, at: number) {
  const revision = change === 'open' ? 0 : 1;
  const text = 'It took the same way as an alert in earnest. When it does not come, an alarm says so.';
  const subject = { kind: 'synthetic' as const, id };
  return AlertRequested.entry(
    { change, groupKey: id, subject, revision, severity: 'info', title: TITLE, text, at },
    `${id}/${change}`,
  );
}
