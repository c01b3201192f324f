import type { Remediation } from '@lamplighter/contracts';
import { escapeHtml, htmlPage } from '@lamplighter/signed-links';
import { whenInWords, whoDecides } from './approval-progress.ts';

/** What an approver sees before deciding: who asks, what, why, what it costs, how it is undone. No script; only the button decides. */
export function approvalPage(
  remediation: Remediation,
  { approver, decision }: { approver: string; decision: 'approve' | 'decline' },
): string {
  const { title, reason, evidence, costPerHourUsd, costPerMonthUsd, risk, undo, state, decisions, approval } =
    remediation;
  const rows = [
    ['Who asks', `Lamplighter, by its playbook ${remediation.playbook}, for ${remediation.resource.name}`],
    ['Who decides', `${whoDecides(remediation)}${approval ? `, until ${whenInWords(approval.expiresAt)}` : ''}`],
    ['Why', reason],
    ['Evidence', evidence.map(({ text }) => text).join('\n')],
    ['Cost', `${money(costPerHourUsd)} an hour, ${money(costPerMonthUsd)} a month`],
    ['Risk', risk],
    ['How it is undone', undo],
    ['Decided so far', decisions.map(({ by, decision: said }) => `${by}: ${said}`).join('\n') || 'nobody'],
  ] as const;
  const label = decision === 'approve' ? 'Approve' : 'Decline';
  const form = `<form method="post"><p>As ${escapeHtml(approver)}:</p><button>${label}</button></form>`;
  return htmlPage(
    title,
    `<h1>${escapeHtml(title)}</h1>${rows.map(([name, value]) => `<h2>${name}</h2><pre>${escapeHtml(value)}</pre>`).join('')}
${state === 'awaiting-approval' ? form : `<p>It waits for nobody: it is ${state}.</p>`}`,
  );
}

const money = (usd: number): string => `${usd < 0 ? '-' : '+'}$${Math.abs(usd).toFixed(4)}`;
