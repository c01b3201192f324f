import { expect, test } from '@jest/globals';
import { signal } from '../../test/signals.ts';
import { testPolicy } from '../../test/test-policy.ts';
import { answerAlert } from './answer-alert.ts';
import { openAlert } from './open-alert.ts';
import { firstDelivery } from './plan-deliveries.ts';
import { answerPage } from './render/answer-page.ts';
import { slackMessage } from './render/slack-message.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const MINUTE_MS = 60_000;
const alert = openAlert(signal('db'), 'one', testPolicy('http://127.0.0.1:1'), NOW);
const taken = answerAlert(alert, { kind: 'acknowledge', by: 'anna' }, NOW).alert;
const again = (by: string, after: number) => answerAlert(taken, { kind: 'acknowledge', by }, NOW + after);

test('two who answer at once do not take it from each other: the first has it', () => {
  expect(again('ben', MINUTE_MS - 1)).toEqual({ kind: 'already', alert: taken });
});

test('who answers later takes it over, and those who were told hear of it', () => {
  const { kind, alert: over } = again('ben', MINUTE_MS);

  expect(kind).toBe('changed');
  expect(over).toMatchObject({
    state: 'acknowledged',
    acknowledgedBy: 'ben',
    acknowledgedAt: NOW + MINUTE_MS,
    notice: { change: 'acknowledged', revision: taken.revision + 1 },
  });
  expect(over.history?.map(({ by }) => by)).toEqual([undefined, 'anna', 'ben']);
});

test('who has it already takes nothing on, however late', () => {
  expect(again('anna', 600 * MINUTE_MS).kind).toBe('already');
});

test('it can be taken over from where it is read, but not from oneself', () => {
  const delivery = firstDelivery(taken, { channel: 'ops', recipient: 'C0OPS', step: 0 }, NOW);

  expect(JSON.stringify(slackMessage({ alert: taken, delivery }).blocks)).toContain('I take it over');
  expect(answerPage(taken, 'ben')).toContain('I take it over');
  expect(answerPage(taken, 'anna')).not.toContain('value="acknowledge"');
});
