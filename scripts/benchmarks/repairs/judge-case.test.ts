import { expect, test } from '@jest/globals';
import { RemediationChanged } from '../../../packages/contracts/src/index.ts';
import type { MinuteFigures } from '../../../packages/remedies/src/index.ts';
import type { HeardFinding } from '../faults/heard-findings.ts';
import { type CaseRecord, judgeCase, windowsUntilBack } from './judge-case.ts';

const ONSET = Date.UTC(2026, 0, 15, 12);
const MINUTE_MS = 60_000;
const BAND = { p95Ms: 150, failureShare: 0.005 };

const minute = (at: number, p95Ms: number, failureShare = 0): MinuteFigures => ({
  start: ONSET + at * MINUTE_MS,
  calls: 20,
  failureShare,
  timeoutShare: 0,
  outOfMemoryShare: 0,
  coldStartShare: 0,
  p50Ms: p95Ms / 2,
  p95Ms,
});

const repair = (more: object = {}) => ({
  ...RemediationChanged.example.remediation,
  playbook: 'missing-index',
  findingId: 'slow',
  state: 'kept' as const,
  plannedAt: ONSET + 72_000,
  appliedAt: ONSET + 74_500,
  ...more,
});

const heard = (more: object = {}) =>
  ({
    change: 'opened',
    at: ONSET + 70_000,
    heardAt: ONSET + 70_300,
    finding: { findingId: 'slow', class: 'dependency-slow', state: 'open', resource: { name: 'book' }, ...more },
  }) as unknown as HeardFinding;

const record = (more: Partial<CaseRecord> = {}): CaseRecord => ({
  fault: 'slow query',
  functionName: 'book',
  right: ['missing-index'],
  onset: ONSET,
  heard: [heard({ findingId: 'other', resource: { name: 'read' } }), heard()],
  repairs: [repair()],
  usualCallMs: () => 110,
  before: [minute(-3, 100), minute(-2, 90), minute(-1, 110)],
  since: [minute(0, 900), minute(1, 800), minute(2, 120), minute(3, 100), minute(4, 95)],
  truth: 'the index is there',
  because: 'a statement reads its whole table',
  ...more,
});

test('a repaired fault is told with its times, its figures and the window in which all was well', () => {
  expect(judgeCase(record())).toMatchObject({
    foundAs: 'dependency-slow',
    foundAfterS: 70.3,
    playbook: 'missing-index',
    appliedAfterS: 4.2,
    bandMs: 150,
    harmMs: 900,
    afterMs: 100,
    backInWindow: 1,
    ended: 'kept',
    isAsItHasToBe: true,
  });
});

test.each<[string, Partial<CaseRecord>]>([
  ['late', { repairs: [repair({ appliedAt: ONSET + 90_000 })] }],
  ['by a playbook that is not right', { repairs: [repair({ playbook: 'aurora-capacity' })] }],
  ['undone', { repairs: [repair({ state: 'rolled-back' })] }],
  ['not enough', { since: [minute(0, 900), minute(1, 800), ...[2, 3, 4, 5, 6].map((at) => minute(at, 600))] }],
  ['after too many windows', { since: [2, 3, 4, 5, 6].map((at) => minute(at, at < 5 ? 600 : 100)) }],
  ['not at all', { repairs: [] }],
])('what is repaired %s is not as it has to be', (_, more) => {
  expect(judgeCase(record(more)).isAsItHasToBe).toBe(false);
});

test('where no playbook is right, the fault is found and nothing is touched', () => {
  const refused = repair({
    state: 'refused',
    appliedAt: undefined,
    refusals: [{ rail: 'budget', reason: '', lift: '' }],
  });

  expect(judgeCase(record({ right: [], repairs: [] }))).toMatchObject({
    ended: 'no playbook answers',
    foundAs: 'dependency-slow',
    isAsItHasToBe: true,
  });
  expect(judgeCase(record({ right: [], repairs: [refused] }))).toMatchObject({
    ended: 'refused by budget',
    isAsItHasToBe: true,
  });
});

test.each<[string, Partial<CaseRecord>]>([
  ['was not found', { heard: [heard({ resource: { name: 'read' } })], repairs: [] }],
  ['was repaired all the same', {}],
  ['was tried to be repaired', { repairs: [repair({ state: 'rolled-back' })] }],
])('where no playbook is right, a fault that %s is not as it has to be', (_, more) => {
  expect(judgeCase(record({ right: [], ...more })).isAsItHasToBe).toBe(false);
});

test.each<[string, readonly MinuteFigures[], number | '']>([
  ['one good minute may be luck', [minute(0, 100), minute(1, 300), minute(2, 100)], ''],
  ['the first of two', [minute(0, 300), minute(1, 100), minute(2, 100)], 2],
  ['quick because it fails', [minute(0, 100, 0.5), minute(1, 100, 0.5)], ''],
])('%s', (_, after, window) => {
  expect(windowsUntilBack(after, BAND)).toBe(window);
});

test('of two repairs by one change the one that made it counts', () => {
  const second = repair({
    remediationId: 'second',
    state: 'untouched',
    plannedAt: ONSET + 71_000,
    appliedAt: undefined,
  });

  expect(judgeCase(record({ repairs: [second, repair()] }))).toMatchObject({
    ended: 'kept',
    also: 'missing-index: untouched',
    isAsItHasToBe: true,
  });
});

test('a minute of few calls may be as slow as few calls are by luck', () => {
  const since = [minute(0, 900), minute(1, 800), minute(2, 180), minute(3, 170), minute(4, 160)];

  expect(judgeCase(record({ since }))).toMatchObject({ bandMs: 150, backInWindow: '' });
  // The slowest of the usual calls: twenty a minute reach what one in 130 takes.
  const usualCallMs = (share: number) => (share > 0.992 ? 190 : 110);
  expect(judgeCase(record({ since, usualCallMs }))).toMatchObject({ bandMs: 190, backInWindow: 1 });
});
