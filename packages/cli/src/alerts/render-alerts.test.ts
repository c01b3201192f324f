import { expect, test } from '@jest/globals';
import { AlertChanged } from '@lamplighter/contracts';
import { plain } from '../terminal/paint.ts';
import { renderAlerts, renderOnCall } from './render-alerts.ts';

const { alert } = AlertChanged.example;
test('an alert is a line with its state and age', () => {
  expect(renderAlerts([alert], plain)).toBe(
    'critical  1700000401000-3c59dc04  reservation-mobile-api is 9 times slower than usual  open, opened 2023-11-14 22:20 UTC\n1 alert\n',
  );
});

test('an alert of several names each with its own time', () => {
  const members = [
    { subjectId: 'a', title: 'waits for aurora', since: 1_700_000_400_000, isOver: true } as const,
    { subjectId: 'b', title: 'fails in version 2\u001b', since: 1_700_000_700_000 },
  ];

  expect(renderAlerts([{ ...alert, occurrences: 2, members }], plain)).toMatch(
    /, 2 occurrences\n {10}since 2023-11-14 22:20 UTC {2}waits for aurora \(over\)\n {10}since 2023-11-14 22:25 UTC {2}fails in version 2\\x1b\n1 alert\n$/,
  );
});

test('alerts that are some of more say of how many', () => {
  expect(renderAlerts([alert, alert], plain, { total: 150 })).toMatch(/\n2 of 150 alerts, the worst\n$/);
  expect(renderAlerts([alert, alert], plain, { total: 2 })).toMatch(/\n2 alerts\n$/);
});

test('alerts that nobody counted are not told as if they were all', () => {
  expect(renderAlerts([alert, alert], plain, { total: 'unknown' })).toMatch(/\nthe worst 2 alerts; there are more\n$/);
  expect(renderAlerts([alert], plain, { total: 'unknown', chosen: 'newest' })).toMatch(
    /\nthe newest 1 alert; there are more\n$/,
  );
});

test('where the missed were not all looked for, nobody says that there are more, nor that these are the worst', () => {
  const some = { total: 'unknown', chosen: 'found' } as const;

  expect(renderAlerts([], plain, some)).toBe('0 alerts; not all were looked through\n');
  expect(renderAlerts([alert], plain, some)).toMatch(/\n1 alert; not all were looked through\n$/);
});

test('a channel that could not be reached says why, whatever text it answered', () => {
  const deliveries = [{ ...alert.deliveries[0]!, state: 'undeliverable' as const, reason: 'Slack: \u001b[31mgone' }];

  expect(renderAlerts([{ ...alert, state: 'acknowledged', acknowledgedBy: 'anna', deliveries }], plain)).toContain(
    'taken on by anna, opened 2023-11-14 22:20 UTC\n          slack: undeliverable, Slack: \\x1b[31mgone\n',
  );
});

test('who is on call is a line a rota', () => {
  expect(
    renderOnCall({
      rotas: [
        { rota: 'first', person: 'anna' },
        { rota: 'b', person: 'ben' },
      ],
    }),
  ).toBe('first  anna\nb      ben\n');
});

test('where no rota is, that is said', () => {
  expect(renderOnCall({ rotas: [] })).toBe('No rota in the policy: nobody is on call.\n');
});

test('whoever asks who is on call sees what nobody is told of, until when and why', () => {
  const silences = [{ about: 'pay-api', until: 1_700_000_400_000, because: 'migration\u001b' }];

  expect(renderOnCall({ rotas: [{ rota: 'first', person: 'anna' }], silences })).toBe(
    'first  anna\nsilenced until 2023-11-14 22:20 UTC: pay-api (migration\\x1b)\n',
  );
});
