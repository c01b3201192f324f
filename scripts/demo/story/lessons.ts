import type { Finding, Remediation } from '../../../packages/contracts/src/index.ts';

/** What the next plan will build on: which playbook helped against what, and which advice was given. Pure. */
export function sayLessons(repairs: readonly Remediation[], findings: readonly Finding[]): string {
  const ended = repairs.filter(({ state }) => state === 'kept' || state === 'rolled-back');
  const lessons = [...Map.groupBy(ended, ({ playbook, findingClass }) => `${playbook} against ${findingClass}`)].map(
    ([what, tries]) =>
      `${what} helped ${tries.filter(({ state }) => state === 'kept').length} of ${tries.length} times`,
  );
  const advice = findings.filter(({ severity }) => severity === 'info').map(({ title }) => title);
  return [
    `Learned for the next time: ${lessons.length > 0 ? lessons.join('; ') : 'nothing, since nothing was repaired'}.`,
    ...(advice.length > 0 ? [`Advice: ${advice.join('; ')}.`] : []),
  ].join(' ');
}
