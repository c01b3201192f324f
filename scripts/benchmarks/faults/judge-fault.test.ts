import { expect, test } from '@jest/globals';
import type { Finding } from '../../../packages/contracts/src/index.ts';
import type { HeardFinding } from './heard-findings.ts';
import { judgeFault } from './judge-fault.ts';

const ONSET = Date.UTC(2026, 0, 15, 12);
const FAULT = {
  name: 'slow query',
  target: 'read',
  classes: ['dependency-slow'],
  culprit: /^aurora: by guest$/,
} as const;

interface More {
  readonly name?: string;
  readonly cause?: string;
  readonly groupKey?: string;
}

function heard(afterSeconds: number, type: Finding['class'], more: More = {}) {
  const causes = more.cause === undefined ? [] : [{ kind: 'dependency', name: more.cause, evidence: [] }];
  const { name = 'read', groupKey = 'g' } = more;
  const finding = { class: type, resource: { name: `p-${name}` }, causes, groupKey, explanation: '' };
  return { change: 'opened', at: ONSET + afterSeconds * 1_000, finding } as unknown as HeardFinding;
}

test('a finding is right in class and function at first, and then in its culprit; windows are counted from the onset', () => {
  const row = judgeFault(
    FAULT,
    ONSET,
    [
      heard(70, 'slow-down'),
      heard(130, 'dependency-slow', { cause: 'items' }),
      { ...heard(190, 'dependency-slow', { cause: 'aurora: by guest' }), change: 'updated' },
      heard(190, 'slow-down', { name: 'change', cause: 'aurora: by guest' }),
      heard(190, 'traffic-drop', { name: 'other' }),
    ],
    'p-',
  );

  expect(row).toMatchObject({ foundAs: 'dependency-slow', window: 2, culprit: 'aurora: by guest', namedInWindow: 3 });
  expect(row).toMatchObject({ also: 'slow-down (read), slow-down (change)', falseFindings: 'traffic-drop (other)' });
});

test('another function that waits for the same dependency is a symptom, if it was told in the same group', () => {
  const right = heard(70, 'dependency-slow', { cause: 'aurora: by guest' });
  const others = [
    heard(70, 'dependency-slow', { name: 'change', cause: 'aurora: upsert' }),
    heard(70, 'dependency-slow', { name: 'apart', cause: 'aurora: upsert', groupKey: 'h' }),
    heard(70, 'dependency-slow', { name: 'other', cause: 'dynamodb: put item' }),
    heard(70, 'slow-down', { name: 'unknown' }),
  ];
  expect(judgeFault({ ...FAULT, dependency: 'aurora' }, ONSET, [right, ...others], 'p-')).toMatchObject({
    symptoms: 'dependency-slow (change)',
    falseFindings: 'dependency-slow (apart), dependency-slow (other), slow-down (unknown)',
  });
});

test('where the function itself is to blame, its name is the culprit', () => {
  const fault = { name: 'leak', target: 'read', classes: ['memory-leak'] } as const;
  const row = judgeFault(fault, ONSET, [heard(700, 'memory-leak')], 'p-');
  expect(row).toMatchObject({ window: 11, culprit: 'p-read', falseFindings: '' });
});

test('what was missed has no window', () => {
  expect(judgeFault(FAULT, ONSET, [], 'p-')).toMatchObject({ foundAs: '', window: '', culprit: '' });
});
