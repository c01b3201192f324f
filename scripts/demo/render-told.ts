import { escapeText, type Paint } from '../../packages/cli/src/index.ts';
import type { Told } from './story.ts';

const BAR = 28;

/** One line of the story for a terminal. Text that came from logs stays text. */
export function renderTold(told: Told, paint: Paint): string {
  const time = paint('dim', clockOf(told.at));
  if (told.traffic) {
    const { requests, failed, latenciesMs } = told.traffic;
    const bar = '▪'.repeat(Math.min(BAR, requests)).padEnd(BAR);
    const slow = quantile(latenciesMs, 0.95);
    const failures = failed > 0 ? paint('red', `  ${failed} failed`) : '';
    return `${time}  ${paint('cyan', bar)} ${String(requests).padStart(3)} requests   p50 ${ms(quantile(latenciesMs, 0.5))}  p95 ${ms(slow)}${failures}`;
  }
  if (told.finding) {
    const { state, severity, title, explanation } = told.finding;
    if (state === 'resolved') return `${time}  ${paint('green', 'over   ')} ${escapeText(title)}`;
    const colour = severity === 'critical' ? 'red' : 'yellow';
    return `${time}  ${paint(colour, 'found  ')} ${paint('bold', escapeText(title))}\n               ${escapeText(explanation)}`;
  }
  if (told.remediation) {
    const { state, title, verification, refusals } = told.remediation;
    const proof = verification
      ? ` (${verification.metric} ${figure(verification.before)} -> ${figure(verification.after)} ${verification.unit})`
      : '';
    const why = refusals.map(({ reason }) => reason).join(' ');
    return `${time}  ${paint('green', state.padEnd(7))} ${escapeText(title)}${proof}${why && `: ${escapeText(why)}`}`;
  }
  if (told.page) return `${time}  ${paint('yellow', 'paged  ')} ${told.page.change}: ${escapeText(told.page.title)}`;
  return time;
}

export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;

const ms = (value: number): string => `${Math.round(value)} ms`.padStart(8);
const figure = (value: number): string => (value >= 10 ? String(Math.round(value)) : value.toFixed(3));
const clockOf = (at: number): string => new Date(at).toISOString().slice(11, 19);
