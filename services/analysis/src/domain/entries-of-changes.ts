import { AnomalyDetected, type EventEntry, type Finding, InsightFound } from '@lamplighter/contracts';
import type { FindingChange } from '@lamplighter/diagnosis';

/** Advice: it wakes nobody. */
const INSIGHTS: readonly Finding['class'][] = ['over-provisioned', 'right-size'];

export const isAdvice = (type: Finding['class']): boolean => INSIGHTS.includes(type);

/** Events for the bus, in the order of the changes. */
export function entriesOfChanges(changes: readonly FindingChange[]): EventEntry[] {
  return changes.map(({ change, finding }) => {
    const contract = isAdvice(finding.class) ? InsightFound : AnomalyDetected;
    return contract.entry({ change, finding }, `${finding.findingId}/${finding.revision}/${change}`);
  });
}
