import { expect, test } from '@jest/globals';
import { renderReport } from './render-terminal.ts';
import { SAMPLE_REPORT } from './sample-report.ts';

const paint = (_colour: unknown, text: string): string => text;
const [fault] = SAMPLE_REPORT.truth.faults;

test('every figure is told with where it comes from', () => {
  const shown = renderReport(SAMPLE_REPORT, { paint });

  for (const told of [
    '33 requests of guests, 3 failed; 100.00 %',
    '1 injected, 1 found, 0 false alarms',
    'after 117 s: shop-book waits for aurora',
    'aurora: payments of card, explains 83 % of it',
    'after 357 s: p95-ms 302 -> 107 ms',
    'off by 27 % (by 30 % for "as in the five minutes before")',
    'shop-book waits for aurora, closed after 8 min',
    'the twin: simulated, not measured',
    'a fleet for the peak (3,008 tasks): $977.66 for the same time',
  ])
    expect(shown).toContain(told);
});

test('what was not found, not repaired, or wrongly explained is said to be', () => {
  const { finding: _unfound, repair: _none, ...unfound } = fault!;
  const wrong = { ...fault!, finding: { ...fault!.finding!, isCauseRight: false }, isGone: false };
  const truth = {
    faults: [unfound, wrong],
    falseAlarms: [{ findingId: 'f', title: 'nothing \u001b[31mreally', class: 'slow-down' as const }],
    advice: [],
  };
  const shown = renderReport({ ...SAMPLE_REPORT, truth }, { paint });

  expect(shown).toContain('2 injected, 1 found, 1 false alarm: nothing \\x1b[31mreally');
  expect(shown).toMatch(/found +never\n.*\n +repaired +never\n +verified +no, nothing was done/);
  expect(shown).toContain('which is not what was injected');
  expect(shown).toMatch(/really gone no/);
});

test('a loss is never rounded away', () => {
  const shown = renderReport({ ...SAMPLE_REPORT, completenessPct: 99.9969 }, { paint });

  expect(shown).toContain('99.99 % of all Lambda calls are audited');
});

test('commands lead to the demo that stays up, or say how to start one', () => {
  const kept = renderReport(SAMPLE_REPORT, { paint, endpoint: 'http://127.0.0.1:5000' });
  const ended = renderReport(SAMPLE_REPORT, { paint });

  expect(kept).toContain("explain 'dependency-slow/1' --endpoint http://127.0.0.1:5000");
  expect(kept).not.toContain('demo --keep');
  expect(ended).toContain('demo --keep --port 4566');
  expect(ended).toContain(
    'findings --since 2026-11-27T09:00Z --until 2026-11-27T09:20Z --endpoint http://127.0.0.1:4566',
  );
});

test('what is merely good to know is told apart from what wakes somebody', () => {
  const info = { ...SAMPLE_REPORT.alerts[0]!, severity: 'info' as const, title: 'no data yet' };

  expect(renderReport({ ...SAMPLE_REPORT, alerts: [info] }, { paint })).toContain(
    '0 urgent alerts, 0 still open\n  for the chat alone, nobody is woken: no data yet',
  );
});
