import type { Remediation } from '@lamplighter/contracts';

/** What an approver sees before deciding: who asks, what, why, what it costs, how it is undone. No script; only the button decides. */
export function approvalPage(
  remediation: Remediation,
  { approver, decision }: { approver: string; decision: 'approve' | 'decline' },
): string {
  const { title, reason, evidence, costPerHourUsd, costPerMonthUsd, risk, undo, state, decisions } = remediation;
  const rows = [
    ['Why', reason],
    ['Evidence', evidence.map(({ text }) => text).join('\n')],
    ['Cost', `${money(costPerHourUsd)} an hour, ${money(costPerMonthUsd)} a month`],
    ['Risk', risk],
    ['How it is undone', undo],
    ['Decided so far', decisions.map(({ by, decision: said }) => `${by}: ${said}`).join('\n') || 'nobody'],
  ] as const;
  const label = decision === 'approve' ? 'Approve' : 'Decline';
  const form = `<form method="post"><p>As ${text(approver)}:</p><button>${label}</button></form>`;
  return page(
    title,
    `<h1>${text(title)}</h1>${rows.map(([name, value]) => `<h2>${name}</h2><pre>${text(value)}</pre>`).join('')}
${state === 'awaiting-approval' ? form : `<p>It waits for nobody: it is ${state}.</p>`}`,
  );
}

export const messagePage = (message: string): string => page(message, `<h1>${text(message)}</h1>`);

const money = (usd: number): string => `${usd < 0 ? '-' : '+'}$${Math.abs(usd).toFixed(4)}`;

/** Text of any origin as text. */
const text = (value: string): string =>
  `<bdi>${value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)}</bdi>`;

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${title.replace(/[&<>"']/g, '')}</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
h2{font-size:1rem;margin:1rem 0 0}pre{font:inherit;white-space:pre-wrap;overflow-wrap:anywhere;margin:0}button{font:inherit;padding:.6rem 1rem}</style></head>
<body>${body}</body></html>`;
}
