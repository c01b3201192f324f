import type { StoredAlert } from '../stored-alert.ts';
import { memberLines } from './member-lines.ts';
import type { OutgoingMessage } from './outgoing-message.ts';
import { stateLine } from './state-line.ts';

/** Of a message that is 28 KB at most, what its text may take; title, members, state and link take the rest. https://learn.microsoft.com/connectors/teams/ */
const TEXT_BYTES = 14_000;
/** A line is an element of its own; what follows these stands in one. */
const MOST_LINES = 30;

const COLOURS = { info: 'accent', warning: 'warning', critical: 'attention' } as const;

/**
 * The alert as a message of Microsoft Teams, for the workflow "Post to a channel when a webhook request is received": an adaptive card. Its runs of text know
 * no Markdown, and so no link and no mention (https://adaptivecards.io/explorer/TextRun.html): what a log line holds stays text. It calls nobody.
 */
export function teamsCard({ alert, answerUrl }: OutgoingMessage): object {
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    msteams: { width: 'Full' },
    body: [
      line(alert.title, { weight: 'Bolder', size: 'Medium', color: colourOf(alert) }),
      line(stateLine(alert), { isSubtle: true }),
      ...linesOf(cutBytes(alert.text, TEXT_BYTES)).map((text) => line(text)),
      ...memberLines(alert).map((text) => line(text)),
      line(`Alert ${alert.alertId}`, { isSubtle: true, size: 'Small' }),
    ],
    ...(answerUrl !== undefined && {
      actions: [{ type: 'Action.OpenUrl', title: 'Take it on, snooze or close it', url: answerUrl }],
    }),
  };
  const attachment = { contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content };
  return { type: 'message', attachments: [attachment] };
}

const colourOf = ({ state, severity }: StoredAlert): string => (state === 'closed' ? 'good' : COLOURS[severity]);

const line = (text: string, look: object = {}) => ({
  type: 'RichTextBlock',
  inlines: [{ type: 'TextRun', text, ...look }],
});

function linesOf(text: string): string[] {
  const lines = text.split('\n').filter((one) => one.trim() !== '');
  return lines.length <= MOST_LINES
    ? lines
    : [...lines.slice(0, MOST_LINES - 1), lines.slice(MOST_LINES - 1).join(' ')];
}

/** Cut by what it takes in JSON, so that no character is cut in two. */
function cutBytes(text: string, limit: number): string {
  if (bytesOf(text) <= limit) return text;
  let kept = '';
  let bytes = 0;
  for (const character of text) {
    bytes += bytesOf(character);
    if (bytes > limit) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Without the quotes. */
const bytesOf = (text: string): number => Buffer.byteLength(JSON.stringify(text)) - 2;
