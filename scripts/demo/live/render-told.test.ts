import { expect, test } from '@jest/globals';
import { AnomalyDetected, RemediationChanged } from '../../../packages/contracts/src/index.ts';
import type { Told } from '../story/told.ts';
import { renderTold } from './render-told.ts';

const plain = (_colour: unknown, text: string): string => text;
const AT = Date.UTC(2026, 10, 27, 10, 49, 3);
const HOSTILE = 'x\u001b[31m\u202ey\nz';
const { finding } = AnomalyDetected.example;
const { remediation } = RemediationChanged.example;
const page = { at: AT, change: 'opened', severity: 'critical', state: 'open', title: HOSTILE };

test.each<[string, Told]>([
  ['a note', { at: AT, kind: 'note', text: HOSTILE }],
  ['a finding', { at: AT, kind: 'finding', finding: { ...finding, title: HOSTILE, explanation: HOSTILE } }],
  ['a repair', { at: AT, kind: 'repair', repair: { ...remediation, state: 'kept', title: HOSTILE } }],
  ['a page', { at: AT, kind: 'page', page: { ...page, channel: 'pager' } }],
])('text of %s stays text', (_name, told) => {
  const shown = renderTold(told, plain)!;

  expect(shown).toContain('x\\x1b[31m\\u202ey');
  expect(shown).not.toMatch(/[\u001b\u202e]/);
});

test('what nobody has to read as it happens is not shown: the chat, advice, and steps of a repair', () => {
  const quiet: Told[] = [
    { at: AT, kind: 'page', page: { ...page, channel: 'chat' } },
    { at: AT, kind: 'finding', finding: { ...finding, severity: 'info' } },
    { at: AT, kind: 'repair', repair: { ...remediation, state: 'planned' } },
  ];

  expect(quiet.map((told) => renderTold(told, plain))).toEqual([undefined, undefined, undefined]);
});

test('a page of an alert that something else joined says what is new, and since when', () => {
  const title = 'books fails in version 2';
  const members = [
    { subjectId: 'a', title: 'books waits for aurora', since: AT - 360_000 },
    { subjectId: 'b', title, since: AT },
  ];
  const joined = { ...page, channel: 'pager', change: 'joined', title } as const;

  expect(renderTold({ at: AT, kind: 'page', page: { ...joined, members } }, plain)).toBe(
    '10:49:03  paged    also: books fails in version 2, since 10:49',
  );
  expect(renderTold({ at: AT, kind: 'page', page: joined }, plain)).toMatch(/fails in version 2 \(joined\)$/);
});

test('a minute says what guests did, felt, and got where it failed', () => {
  const minute = {
    start: AT,
    requests: 4,
    failed: 1,
    failedWith: ['502'],
    latenciesMs: [10, 20, 30, 400],
    audited: 8,
    usd: 0.1,
  };

  expect(renderTold({ at: AT, kind: 'traffic', minute }, plain)).toMatch(
    /^10:49:03 {2}▪▪▪▪ {28} {3}4 requests {2}p50 {4}30 ms {2}p95 {3}400 ms {2}1 failed \(502\)$/,
  );
});
