import type { FindingChange } from '@lamplighter/diagnosis';

/** What became slow, or runs out of time, may wait for somebody. */
const CLASSES = ['slow-down', 'timeouts', 'timeout-risk', 'connection-pressure', 'error-burst'];

/** The findings of these changes whose cause traces may tell: those that have just opened. */
export function askingForTraces(changes: readonly FindingChange[]): FindingChange[] {
  return changes.filter(({ change, finding }) => change === 'opened' && CLASSES.includes(finding.class));
}
