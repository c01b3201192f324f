import { expect, test } from '@jest/globals';
import { signal } from '../../../test/signals.ts';
import { testPolicy } from '../../../test/test-policy.ts';
import { openAlert } from '../open-alert.ts';
import { firstDelivery } from '../plan-deliveries.ts';
import { boundSignal } from '../signals/bound-signal.ts';
import { teamsCard } from './teams-card.ts';

const NOW = Date.UTC(2026, 0, 15, 12);

function cardOf(title: string, text: string, answerUrl?: string) {
  const alert = openAlert(boundSignal(signal('db', { title, text, at: NOW })), 'one', testPolicy('http://h'), NOW);
  const members = Array.from({ length: 5 }, (_, at) => ({ subjectId: `${at}`, title: alert.title, since: NOW }));
  const delivery = firstDelivery(alert, { channel: 'teams', recipient: 'r', step: 0 }, NOW);
  return teamsCard({ alert: { ...alert, members, occurrences: 9 }, delivery, ...(answerUrl && { answerUrl }) });
}

test.each(['漢', '💥', '"', '\n', '\\', '&'])(
  'a message full of %j fits into 28 KB, and no character is cut in two',
  (character) => {
    const sent = JSON.stringify(
      cardOf(character.repeat(300), character.repeat(20_000), `https://a.example/${'x'.repeat(1_500)}`),
    );

    expect(Buffer.byteLength(sent)).toBeLessThan(28 * 1024);
    expect(sent.isWellFormed()).toBe(true);
  },
);

test('what a log line holds is shown, not obeyed: every text is a run that knows no Markdown', () => {
  const hostile = '[click](https://evil.example) **bold** <at>everyone</at>\nsecond line';
  const [{ content }] = (
    cardOf('[title](https://evil.example)', hostile) as { attachments: [{ content: { body: object[] } }] }
  ).attachments;

  for (const element of content.body)
    expect(element).toMatchObject({ type: 'RichTextBlock', inlines: [{ type: 'TextRun' }] });
  expect(JSON.stringify(content)).not.toContain('"entities"');
  expect(content.body).toContainEqual({ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: 'second line' }] });
});

test('it leads to where the alert is answered', () => {
  expect(JSON.stringify(cardOf('db', 'Look.', 'https://answers.example/token'))).toContain(
    '{"type":"Action.OpenUrl","title":"Take it on, snooze or close it","url":"https://answers.example/token"}',
  );
});
