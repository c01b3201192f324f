import { describe, expect, test } from '@jest/globals';
import { defaultDetector } from './default-detector.ts';
import type { Detector, DetectorPoint, VersionedState } from './detector.ts';
import { dropToNothingDetector } from './drop-to-nothing-detector.ts';
import { failureRateDetector } from './failure-rate-detector.ts';
import { flatLineDetector } from './flat-line-detector.ts';
import { levelShiftDetector } from './level-shift-detector.ts';
import { missingDataDetector } from './missing-data-detector.ts';
import { smallCountDetector } from './small-count-detector.ts';
import { spikeDetector } from './spike-detector.ts';
import { varianceChangeDetector } from './variance-change-detector.ts';

const MINUTE = 60_000;
const POINTS = 4_000;
const FAULT = 3_500;

/** Noise around 100, the same in every run. */
const noise = (index: number): number => 10 * Math.sin(index * 12.9898) * Math.cos(index * 78.233);

function alarms<State extends VersionedState>(
  detector: Detector<State>,
  point: (index: number) => Omit<DetectorPoint, 'timestamp'>,
): { readonly before: number; readonly first: number | undefined; readonly kind: string | undefined } {
  let state = detector.init();
  const found: { index: number; kind: string | undefined }[] = [];
  for (let index = 0; index < POINTS; index += 1) {
    const verdict = detector.update(state, { timestamp: index * MINUTE, ...point(index) });
    state = verdict.state;
    if (verdict.score >= 0.5) found.push({ index, kind: verdict.kind });
  }
  const after = found.find(({ index }) => index >= FAULT);
  return { before: found.filter(({ index }) => index < FAULT).length, first: after?.index, kind: after?.kind };
}

describe('a fault is found soon, by its name, and healthy noise is not', () => {
  const healthy = (index: number): number => 100 + noise(index);
  test.each<[string, ReturnType<typeof alarms>, string, number]>([
    ['a spike', alarms(spikeDetector, (i) => ({ value: i === FAULT ? 400 : healthy(i) })), 'spike', 0],
    [
      'a spike, for the ensemble',
      alarms(defaultDetector, (i) => ({ value: i === FAULT ? 400 : healthy(i) })),
      'spike',
      0,
    ],
    [
      'a shift of a level by one deviation',
      alarms(levelShiftDetector, (i) => ({ value: healthy(i) + (i >= FAULT ? 15 : 0) })),
      'level-shift',
      60,
    ],
    [
      'noise that grows five times',
      alarms(varianceChangeDetector, (i) => ({ value: 100 + noise(i) * (i >= FAULT ? 5 : 1) })),
      'variance-change',
      60,
    ],
    [
      'traffic that stops',
      alarms(dropToNothingDetector, (i) => ({ value: i >= FAULT ? 0 : healthy(i) })),
      'drop-to-nothing',
      10,
    ],
    [
      'a source that is stuck',
      alarms(flatLineDetector, (i) => ({ value: i >= FAULT ? 101 : healthy(i) })),
      'flat-line',
      10,
    ],
    [
      'a source that is silent',
      alarms(missingDataDetector, (i) => ({ value: i >= FAULT ? null : healthy(i) })),
      'missing-data',
      10,
    ],
    [
      'half of the requests fail',
      alarms(failureRateDetector, (i) => ({ value: i >= FAULT ? 10 : i % 50 === 0 ? 1 : 0, trials: 20 })),
      'spike',
      0,
    ],
    [
      'events that are rare come in dozens',
      alarms(smallCountDetector, (i) => ({ value: i >= FAULT ? 12 : i % 5 === 0 ? 1 : 0 })),
      'unusual-value',
      0,
    ],
  ])('%s', (_name, { before, first, kind }, expected, delay) => {
    expect({ before, kind }).toEqual({ before: 0, kind: expected });
    expect((first ?? Number.POSITIVE_INFINITY) - FAULT).toBeLessThanOrEqual(delay);
  });

  test('one failure of one request is no anomaly; thirty of thirty are', () => {
    const few = alarms(failureRateDetector, (i) => ({ value: i === FAULT ? 1 : 0, trials: i === FAULT ? 1 : 10 }));
    const many = alarms(failureRateDetector, (i) => ({ value: i === FAULT ? 30 : 0, trials: 30 }));

    expect([few.first, many.first]).toEqual([undefined, FAULT]);
  });
});
