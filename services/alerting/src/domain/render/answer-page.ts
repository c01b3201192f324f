import { escapeHtml, htmlPage } from '@lamplighter/signed-links';
import type { StoredAlert } from '../stored-alert.ts';
import { memberLines } from './member-lines.ts';
import { stateLine } from './state-line.ts';

/** The page behind an answer link. It shows, and asks: only the button answers, so that a mail scanner that follows links takes nothing on. No script. */
export function answerPage(alert: StoredAlert, by: string): string {
  const open = alert.state !== 'closed';
  return htmlPage(
    alert.title,
    `<p class="${alert.severity}">${escapeHtml(alert.severity)}</p>
<h1>${escapeHtml(alert.title)}</h1>
<p>${escapeHtml(stateLine(alert))}</p>
<pre>${escapeHtml([alert.text, ...memberLines(alert)].join('\n'))}</pre>
${open ? form(alert, by) : ''}`,
  );
}

function form({ state, acknowledgedBy }: StoredAlert, by: string): string {
  const button = (answer: string, label: string) => `<button name="answer" value="${answer}">${label}</button>`;
  const isTaken = state === 'acknowledged';
  const takeOn = button('acknowledge', isTaken ? 'I take it over' : 'I take it on');
  return `<form method="post"><p>As ${escapeHtml(by)}:</p>
${isTaken && acknowledgedBy === by ? '' : takeOn}
${button('snooze', 'Snooze 1 hour')}
${button('close', 'Close')}
</form>`;
}
