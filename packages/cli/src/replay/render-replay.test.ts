import { expect, test } from '@jest/globals';
import { renderReplay } from './render-replay.ts';

const plain = (_colour: string, text: string): string => text;

test('logs that name no request are no whole audit of nothing', () => {
  const summary = {
    ...{ events: 2, invocations: 0, complete: 0, incomplete: 0, applicationLines: 2, platformRecords: 0, rejected: [] },
    ...{ completenessPct: 100, door: 'direct' as const, seconds: 1, lost: 0, repeated: 0 },
  };

  const text = renderReplay({ summary, invocations: [], rejected: [], notes: [] }, undefined, plain);

  expect(text).toMatch(/^2 events replayed .*2 application lines\nno invocation audited: .*START, END and REPORT/);
  expect(text).not.toContain('100 %');
});
