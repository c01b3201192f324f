import { expect, test } from '@jest/globals';
import { type FunctionWindow, WindowsClosed } from '@lamplighter/contracts';
import { deploysIn } from './deploys-in.ts';

const { figures } = WindowsClosed.example.windows[0]!;
const minute = (start: number, ...versions: string[]): FunctionWindow => ({
  ...figures,
  start,
  byVersion: versions.map((version) => ({
    ...{ version, invocations: 1, failures: 0, coldStarts: 0, durationMs: { sum: 1, max: 1 } },
    durationSketch: '',
  })),
});

test('a version that begins is a deploy, at its first call; one that was there before is none', () => {
  const windows = [minute(180_000, '8'), minute(60_000, '7'), minute(120_000, '7', '8')];
  expect(deploysIn(windows)).toEqual([{ version: '8', at: 120_000 }]);
});

test('where nothing tells versions there are no deploys', () => {
  expect(deploysIn([])).toEqual([]);
  expect(deploysIn([figures, figures])).toEqual([]);
});
