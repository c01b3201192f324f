import { expect, test } from '@jest/globals';
import { settingsDue } from './settings-due.ts';

const MINUTE_MS = 60_000;
const T0 = Date.UTC(2026, 0, 15);
const subject = (at: number) => ({ accountId: '123456789012', region: 'us-east-1', functionName: `function-${at}` });

const HOURS = 4;

/** In which minutes something is read again that was first read at `T0`. */
function readsOf(at: number, isOftenProvisioned: boolean) {
  let readAt = T0;
  const reads: { minute: number; isProvisionedDue: boolean }[] = [];
  for (let minute = 1; minute <= HOURS * 60; minute++) {
    const now = T0 + minute * MINUTE_MS;
    const { isDue, isProvisionedDue } = settingsDue(subject(at), { readAt, now, isOftenProvisioned });
    if (!isDue) continue;
    readAt = now;
    reads.push({ minute, isProvisionedDue });
  }
  return reads;
}

test('settings are read every quarter of an hour, and what is provisioned every hour where there is nothing', () => {
  const [seldom, often] = [readsOf(1, false), readsOf(1, true)];

  expect(seldom).toHaveLength(4 * HOURS);
  expect(seldom.filter(({ isProvisionedDue }) => isProvisionedDue)).toHaveLength(HOURS);
  expect(often.filter(({ isProvisionedDue }) => isProvisionedDue)).toHaveLength(4 * HOURS);
});

test('what was first seen in one minute is read again in different ones', () => {
  const minutes = Array.from({ length: 300 }, (_, at) => readsOf(at, false)[4]!.minute);
  const most = Math.max(...[...Map.groupBy(minutes, (minute) => minute).values()].map((its) => its.length));

  // Fifteen minutes have 20 each in the mean; with chance, fewer than 40.
  expect(most).toBeLessThan(40);
});
