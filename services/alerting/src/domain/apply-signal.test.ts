import { expect, test } from '@jest/globals';
import { signal } from '../../test/signals.ts';
import { testPolicy } from '../../test/test-policy.ts';
import type { AlertSignal } from './alert-signal.ts';
import { answerAlert } from './answer-alert.ts';
import { applySignal } from './apply-signal.ts';
import type { GroupState, SignalOutcome } from './signal-outcome.ts';

const policy = testPolicy('http://127.0.0.1:1');
const NOW = Date.UTC(2026, 0, 15, 12);
const apply = (state: GroupState, one: AlertSignal, now = NOW): SignalOutcome =>
  applySignal(state, one, { policy, now, newAlertId: `alert-${one.revision}-${one.subject.id}` });

/** What a row of signals comes to, as the outbox would keep it. */
function after(...signals: readonly AlertSignal[]): GroupState & { readonly kinds: string[] } {
  const kinds: string[] = [];
  const members = new Map<string, GroupState['member']>();
  let alert: GroupState['alert'];
  for (const one of signals) {
    const outcome = apply({ alert, member: members.get(one.subject.id) }, one);
    kinds.push(outcome.kind);
    if (outcome.kind === 'nothing-new') continue;
    members.set(one.subject.id, outcome.member);
    if (outcome.kind === 'changed') alert = outcome.alert;
  }
  return { alert, member: members.get(signals.at(-1)!.subject.id), kinds };
}

test('the first trouble of a group opens an alert and takes its first step', () => {
  const outcome = apply({ alert: undefined, member: undefined }, signal('db'));

  expect(outcome).toMatchObject({ kind: 'changed', step: 0, isNews: true, alert: { state: 'open', stepsTaken: 1 } });
});

test('an old revision says nothing', () => {
  expect(
    after(signal('db', { revision: 3 }), signal('db', { revision: 3 }), signal('db', { revision: 2 })).kinds,
  ).toEqual(['changed', 'nothing-new', 'nothing-new']);
});

test('an alarm that was closed by hand, recovers and fires again is heard again', () => {
  const first = after(signal('alarm'));
  const closed = answerAlert(first.alert!, { kind: 'close', by: 'anna' }, NOW);

  const more = apply({ alert: closed.alert, member: first.member }, signal('alarm', { revision: 1 }));
  const end = apply({ alert: closed.alert, member: first.member }, signal('alarm', { kind: 'resolve', revision: 2 }));
  const member = end.kind === 'noted' ? end.member : undefined;
  const again = apply({ alert: closed.alert, member }, signal('alarm', { revision: 3 }));

  expect([more.kind, end.kind, again.kind]).toEqual(['noted', 'noted', 'changed']);
});

test('trouble that was closed by hand and became worse is heard', () => {
  const first = after(signal('db', { severity: 'warning' }));
  const { alert } = answerAlert(first.alert!, { kind: 'close', by: 'anna' }, NOW);

  const worse = apply({ alert, member: first.member }, signal('db', { revision: 1, severity: 'critical' }));

  expect(worse).toMatchObject({ kind: 'changed', alert: { state: 'open', severity: 'critical' } });
});

test('an end that says nothing of trouble before it wakes nobody', () => {
  const end = signal('repair', { kind: 'resolve', severity: 'info', isMereEnd: true });

  expect(apply({ alert: undefined, member: undefined }, end)).toMatchObject({ kind: 'noted', member: { revision: 0 } });
});

test('a recovery before its trouble is told once, and the trouble after it not at all', () => {
  const { kinds, alert } = after(signal('db', { kind: 'resolve', revision: 1 }), signal('db', { revision: 0 }));

  expect(kinds).toEqual(['changed', 'nothing-new']);
  expect(alert).toMatchObject({ state: 'closed', closedBecause: 'recovered' });
});

test('a group is over when its last member is', () => {
  const group = { groupKey: 'shared' };
  const [a, b] = [signal('a', group), signal('b', group)];

  const half = after(a, b, signal('a', { ...group, kind: 'resolve', revision: 1 }));
  const whole = after(
    a,
    b,
    signal('a', { ...group, kind: 'resolve', revision: 1 }),
    signal('b', { ...group, kind: 'resolve', revision: 1 }),
  );

  expect(half.alert).toMatchObject({ state: 'open', openMembers: 1, occurrences: 2 });
  expect(whole.alert).toMatchObject({ state: 'closed', openMembers: 0 });
});

test('an alert of two troubles names both, each with its own time, whichever made it worse', () => {
  const group = { groupKey: 'shared' };
  const first = signal('db', { ...group, severity: 'warning', title: 'waits for the database', since: NOW - 360_000 });
  const second = signal('deploy', { ...group, title: 'fails in version 2', since: NOW - 60_000 });
  const end = { ...first, kind: 'resolve', revision: 1, title: 'as before' } as const;

  const { alert } = after(first, second, end);

  expect(alert).toMatchObject({ title: 'fails in version 2', severity: 'critical', openMembers: 1 });
  expect(alert?.members).toEqual([
    { subjectId: 'db', title: 'waits for the database', since: NOW - 360_000, isOver: true },
    { subjectId: 'deploy', title: 'fails in version 2', since: NOW - 60_000 },
  ]);
});

test('of many only some are named: the first, and what made it worse', () => {
  const group = { groupKey: 'shared' };
  const mild = Array.from({ length: 8 }, (_, at) => signal(`m${at}`, { ...group, severity: 'warning' }));

  const { alert } = after(...mild, signal('worst', group), signal('m8', group));

  expect(alert?.members?.map(({ subjectId }) => subjectId)).toEqual(['m0', 'm1', 'm2', 'm3', 'worst']);
});

test('an alert of the version before, which named nobody, is named when it goes on', () => {
  const { alert, member } = after(signal('db', { title: 'waits for the database' }));
  const { members: _, ...old } = alert!;

  const outcome = apply({ alert: old, member: undefined }, signal('b', { groupKey: 'group/db' }));

  expect(member?.state).toBe('open');
  expect(outcome).toMatchObject({
    alert: { members: [{ title: 'waits for the database', since: NOW }, { title: 'b is broken' }] },
  });
});

test('a flood of 100,000 members is one alert, and news five times', () => {
  let state: GroupState = { alert: undefined, member: undefined };
  let news = 0;
  for (let member = 0; member < 100_000; member++) {
    const outcome = apply({ ...state, member: undefined }, signal(`m${member}`, { groupKey: 'flood' }));
    if (outcome.kind !== 'changed') throw new Error(outcome.kind);
    if (outcome.isNews) news++;
    state = { alert: outcome.alert, member: undefined };
  }

  // Its opening, then the 10th, 100th, 1,000th, 10,000th and 100,000th.
  expect(news).toBe(6);
  expect(state.alert).toMatchObject({ occurrences: 100_000, openMembers: 100_000 });
  expect(JSON.stringify(state.alert).length).toBeLessThan(1_000);
});

test('an alert that became worse begins at its first step, even if somebody had taken it on', () => {
  const first = after(signal('db', { severity: 'warning' }));
  const { alert } = answerAlert(first.alert!, { kind: 'acknowledge', by: 'anna' }, NOW);

  const worse = apply({ alert, member: first.member }, signal('db', { revision: 1 }), NOW + 60_000);

  expect(worse).toMatchObject({
    step: 0,
    alert: { state: 'open', stepsTaken: 1, escalationRun: 2, notice: { change: 'worse' } },
  });
});

test('what becomes a warning in the quiet hours waits for their end', () => {
  const quiet = {
    ...policy,
    quietHours: {
      zone: 'UTC',
      from: '11:00',
      until: '14:00',
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      below: 'critical' as const,
    },
  };
  const context = { policy: quiet, now: NOW, newAlertId: 'one' };
  const first = applySignal({ alert: undefined, member: undefined }, signal('db', { severity: 'info' }), context);
  if (first.kind !== 'changed') throw new Error(first.kind);

  const worse = applySignal(first, signal('db', { severity: 'warning', revision: 1 }), context);
  const critical = applySignal(first, signal('db', { severity: 'critical', revision: 1 }), context);

  expect(first.step).toBeUndefined();
  expect(worse).not.toHaveProperty('step');
  expect(critical).toMatchObject({ step: 0 });
});

test('an end before its beginning in a group that is open counts as one of its occurrences', () => {
  const group = { groupKey: 'shared' };

  const { kinds, alert } = after(
    signal('a', group),
    signal('b', { ...group, kind: 'resolve', revision: 1 }),
    signal('b', group),
  );

  expect(kinds).toEqual(['changed', 'changed', 'nothing-new']);
  expect(alert).toMatchObject({ state: 'open', occurrences: 2, openMembers: 1 });
});
