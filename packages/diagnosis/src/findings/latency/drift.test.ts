import { expect, test } from '@jest/globals';
import { MONDAY, runHealthy } from '../../testing/run-fault.ts';

const HEALTHY = 105;
const traffic = { callsPerMinute: 10, dailyAmplitude: 0, weekendFactor: 1, noise: 0.1, burstFactor: 1 };

test('calls that take a millisecond longer each minute are told within the hour: their growth is no noise that is learnt', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const { opened } = runHealthy({
      seed,
      start: MONDAY,
      minutes: HEALTHY + 60,
      traffic,
      fault: (behaviour, minute) =>
        Object.assign(behaviour, { medianMs: 50 + Math.max(0, minute - HEALTHY), spread: 0.3 }),
    });
    expect({ seed, classes: opened.map((finding) => finding.class) }).toEqual({ seed, classes: ['slow-down'] });
  }
});
