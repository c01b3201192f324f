import { expect, test } from '@jest/globals';
import { footerLines, type Scene } from './footer.ts';

const plain = (_colour: unknown, text: string): string => text;
const SCENE: Scene = {
  chapters: ['Nobody', 'First customer', 'The climb'],
  begun: 2,
  at: Date.UTC(2026, 10, 27, 10, 31, 3),
  minutes: [
    { start: 0, requests: 4, failed: 0, failedWith: [], latenciesMs: [10, 20], audited: 8, usd: 0.00001 },
    { start: 60_000, requests: 8, failed: 1, failedWith: ['502'], latenciesMs: [10, 90], audited: 16, usd: 0.00002 },
  ],
  agents: 'found: something is slow',
  idleUsdPerHour: 0.0468,
  consoleUrl: 'http://d1.cloudfront.localhost:4566/',
};

test('says where the story is, what guests do and feel, what the agents did, and what it costs', () => {
  const text = footerLines(SCENE, { columns: 200, paint: plain, seconds: 12 }).join('\n');

  expect(text).toContain('━━━╸╸╸───  10:31 UTC  First customer (2 of 3)  12 s');
  expect(text).toContain('▅█ 8/min, p95 90 ms, 1 failed');
  expect(text).toContain('found: something is slow');
  expect(text).toContain('$0.0012 an hour for the calls of this minute, by the audit; $0.047 an hour for what stands');
  expect(text).toContain('http://d1.cloudfront.localhost:4566/');
});

test('is never wider than the terminal, which would break its redrawing', () => {
  for (const columns of [30, 60, 100]) {
    const lines = footerLines(SCENE, { columns, paint: plain, seconds: 1_000 });
    expect(lines).toHaveLength(6);
    for (const line of lines) expect(line.length).toBeLessThan(columns);
  }
});
