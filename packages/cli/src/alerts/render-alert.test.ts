import { expect, test } from '@jest/globals';
import { AlertChanged } from '@lamplighter/contracts';
import { plain } from '../terminal/paint.ts';
import { renderAlert } from './render-alert.ts';

const { alert } = AlertChanged.example;

test('an alert leads to its cause: what it is about, who was told, and what to type next', () => {
  expect(renderAlert(alert, plain, ' --stage prod')).toBe(`critical  reservation-mobile-api is 9 times slower than usual
  Since 22:20 UTC half of the requests take longer than 1.9 s instead of 0.2 s.

  alert  1700000401000-3c59dc04
  state  open
  opened 2023-11-14 22:20 UTC, 1 occurrence
  about  finding slow-down/123456789012/us-east-1/reservation-mobile-api/1700000400000
  step   the first of its escalation
  told   #on-call by slack: delivered 2023-11-14 22:20 UTC

Go on with
    pnpm lamplighter explain slow-down/123456789012/us-east-1/reservation-mobile-api/1700000400000 --stage prod
    pnpm lamplighter acknowledge 1700000401000-3c59dc04 --stage prod
`);
});

test('one of several names each with its own time', () => {
  const members = [
    { subjectId: 'a', title: 'waits for aurora', since: 1_700_000_400_000 },
    { subjectId: 'b', title: 'fails in version 2', since: 1_700_000_700_000 },
  ];

  expect(renderAlert({ ...alert, occurrences: 2, members }, plain)).toContain(
    '  member since 2023-11-14 22:20 UTC  waits for aurora\n  member since 2023-11-14 22:25 UTC  fails in version 2\n',
  );
});

test('one that is over is not taken on, and of what has no page of its own nothing is typed', () => {
  const over = {
    ...alert,
    ...{ state: 'closed' as const, closedBecause: 'it is over', closedAt: alert.openedAt + 60_000, escalationStep: 1 },
    ...{ subject: { kind: 'budget' as const, id: 'b' }, deliveries: [] },
  };

  const text = renderAlert(over, plain);

  expect(text).toContain('  state  it is over, 2023-11-14 22:21 UTC\n');
  expect(text).toContain('  step   2 of its escalation\n  told   nobody yet\n');
  expect(text).not.toContain('Go on with');
  expect(renderAlert({ ...over, subject: { kind: 'remediation', id: 'memory-1' } }, plain)).toContain(
    'pnpm lamplighter repairs memory-1\n',
  );
});

test('a delivery that failed says why, whatever text it is', () => {
  const deliveries = [
    { ...alert.deliveries[0]!, state: 'undeliverable' as const, attempts: 3, reason: 'Slack: \u001b[31mgone' },
  ];

  expect(renderAlert({ ...alert, deliveries }, plain)).toContain(
    'undeliverable 2023-11-14 22:20 UTC, 3 attempts, Slack: \\x1b[31mgone\n',
  );
});

test('whoever looks back sees who answered, and when each was told first', () => {
  const at = (minutes: number) => alert.openedAt + minutes * 60_000;
  const [delivery] = alert.deliveries;
  const shown = renderAlert(
    {
      ...alert,
      deliveries: [{ ...delivery!, firstAt: at(0), at: at(9) }],
      history: [
        { at: at(0), change: 'opened' },
        { at: at(5), change: 'escalated' },
        { at: at(9), change: 'acknowledged', by: 'anna' },
      ],
    },
    plain,
  );

  expect(shown).toContain(`  told   #on-call by slack: delivered 2023-11-14 22:20 UTC, newest 2023-11-14 22:29 UTC
  then   2023-11-14 22:25 UTC went to the next step
  then   2023-11-14 22:29 UTC taken on by anna
`);
});

test('in a narrow window sentences go on below themselves, ids and commands are not broken', () => {
  const command =
    'One of the requests: npx -y pnpm@10 lamplighter audit 40b71ac4-5f3f-49d1-9c1d-c4e5845ca85f --stage prod';
  const lines = renderAlert({ ...alert, text: `${alert.text}\n${command}` }, plain, '', 50).split('\n');

  expect(lines).toContain(`  ${command}`);
  expect(lines).toContain(`  about  finding`);
  expect(lines).toContain(`         ${alert.subject.id}`);
  expect(lines.slice(1, 3)).toEqual([
    '  Since 22:20 UTC half of the requests take longer',
    '  than 1.9 s instead of 0.2 s.',
  ]);
});
