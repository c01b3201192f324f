import { gunzipSync } from 'node:zlib';
import { DDSketch } from '@datadog/sketches-js';
import { describe, expect, test } from '@jest/globals';
import { FunctionWindow, type VersionFigures } from '@lamplighter/contracts';
import { createScenario } from '../scenario/parse-scenario.ts';
import type { ScenarioInput } from '../scenario/scenario.ts';
import { oneFunction } from '../testing/scenarios.ts';
import { Twin } from '../twin/twin.ts';

const MINUTE_MS = 60_000;
/** Deployed in the middle of a minute, and withdrawn in the middle of another. */
const CANARY = {
  kind: 'bad-deploy',
  target: 'work',
  ...{ at: '150s', until: '330s', weightPct: 30, errorPct: 40, durationFactor: 3 },
} as const;

function minutesOf(rate: string, rest: Partial<ScenarioInput>): readonly FunctionWindow[] {
  const spec = { waitMs: 80, spread: 0.3 };
  const twin = new Twin(createScenario(oneFunction({ rate, duration: '8m', spec, rest })));
  return twin.advanceTo(twin.endsAt);
}

const sumOf = (figures: readonly VersionFigures[], of: (each: VersionFigures) => number): number =>
  figures.reduce((sum, each) => sum + of(each), 0);
const most = (figures: readonly VersionFigures[], of: (each: VersionFigures) => number): number =>
  Math.max(...figures.map(of));
const sketchIn = (text: string): DDSketch => DDSketch.fromProto(gunzipSync(Buffer.from(text, 'base64')));

describe.each([
  ['one by one', '20/s'],
  ['together', '400/s'],
])('invocations that are simulated %s', (_, rate) => {
  const windows = minutesOf(rate, { faults: [CANARY] });
  const namesOf = ({ byVersion }: FunctionWindow) => byVersion?.map(({ version }) => version);
  const during = windows.slice(3, 5).map(({ byVersion }) => byVersion!);

  test('name the new version while it has traffic, and the first one always', () => {
    const [alone, both] = [['1'], ['1', '2']];
    expect(windows.map(namesOf)).toEqual([alone, alone, both, both, both, both, alone, alone]);
    expect(windows.map((window) => FunctionWindow.parse(window))).toEqual(windows);
  });

  test('add up to the window, version by version', () => {
    for (const { byVersion = [], ...window } of windows) {
      expect(sumOf(byVersion, (each) => each.invocations)).toBe(window.invocations);
      expect(sumOf(byVersion, (each) => each.failures)).toBe(window.errors + window.timeouts + window.outOfMemory);
      expect(sumOf(byVersion, (each) => each.coldStarts)).toBe(window.coldStarts);
      expect(sumOf(byVersion, (each) => each.durationMs.sum) / window.durationMs.sum).toBeCloseTo(1, 12);
      expect(most(byVersion, (each) => each.durationMs.max)).toBe(window.durationMs.max);
    }
  });

  test('have sketches that merge to the one of the window', () => {
    for (const { byVersion = [], durationSketch } of windows) {
      const [merged, ...others] = byVersion.map((each) => sketchIn(each.durationSketch));
      for (const other of others) merged!.merge(other);
      const whole = sketchIn(durationSketch);
      expect(merged!.count).toBe(whole.count);
      for (const quantile of [0.05, 0.5, 0.95, 0.99])
        expect(merged!.getValueAtQuantile(quantile)).toBe(whole.getValueAtQuantile(quantile));
    }
  });

  test('fail and take as long as their version does', () => {
    for (const [first, second] of during) {
      const mean = ({ durationMs, invocations }: VersionFigures) => durationMs.sum / invocations;
      expect(first!.failures).toBe(0);
      expect(second!.failures / second!.invocations).toBeGreaterThan(0.33);
      expect(second!.failures / second!.invocations).toBeLessThan(0.47);
      expect(second!.invocations / first!.invocations).toBeGreaterThan(0.36);
      expect(second!.invocations / first!.invocations).toBeLessThan(0.5);
      expect(mean(second!) / mean(first!)).toBeGreaterThan(2.7);
      expect(mean(second!) / mean(first!)).toBeLessThan(3.3);
    }
  });
});

test('a function that nobody deploys runs its first version, with the figures of the window', () => {
  for (const { byVersion, ...window } of minutesOf('20/s', {})) {
    const { invocations, coldStarts, durationMs, durationSketch } = window;
    expect(byVersion).toEqual([{ version: '1', invocations, failures: 0, coldStarts, durationMs, durationSketch }]);
  }
});

test('a minute after everybody left the new version names it no more', () => {
  const until = minutesOf('20/s', { faults: [CANARY] }).find(
    ({ start }) => start % (24 * 60 * MINUTE_MS) === 6 * MINUTE_MS,
  );

  expect(until?.byVersion?.map(({ version }) => version)).toEqual(['1']);
});
