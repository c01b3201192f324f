import type { StoredAlert } from '../stored-alert.ts';
import { stateLine } from './state-line.ts';

/** The page behind an answer link. It shows, and asks: only the button answers, so that a mail scanner that follows links takes nothing on. No script. */
export function answerPage(alert: StoredAlert, by: string): string {
  const open = alert.state !== 'closed';
  return page(
    alert.title,
    `<p class="${alert.severity}">${escapeHtml(alert.severity)}</p>
<h1>${escapeHtml(alert.title)}</h1>
<p>${escapeHtml(stateLine(alert))}</p>
<pre>${escapeHtml(alert.text)}</pre>
${open ? form(alert, by) : ''}`,
  );
}

/** @param message shown as text */
export const messagePage = (message: string): string => page(message, `<h1>${escapeHtml(message)}</h1>`);

/** Text of any origin as text: no element, no attribute, no direction that spills over. */
export const escapeHtml = (text: string): string =>
  `<bdi>${text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)}</bdi>`;

function form({ state }: StoredAlert, by: string): string {
  const button = (answer: string, label: string) => `<button name="answer" value="${answer}">${label}</button>`;
  return `<form method="post"><p>As ${escapeHtml(by)}:</p>
${state === 'acknowledged' ? '' : button('acknowledge', 'I take it on')}
${button('snooze', 'Snooze 1 hour')}
${button('close', 'Close')}
</form>`;
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title.replace(/[&<>"']/g, '')}</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
pre{white-space:pre-wrap;overflow-wrap:anywhere}button{font:inherit;padding:.6rem 1rem;margin:.2rem .4rem .2rem 0}
.critical{color:#b3261e;font-weight:700}.warning{color:#8a5a00;font-weight:700}</style></head>
<body>${body}</body></html>`;
}
