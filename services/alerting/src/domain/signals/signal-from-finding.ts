import { AnomalyDetected, type Finding } from '@lamplighter/contracts';
import type { AlertSignal } from '../alert-signal.ts';

/** A finding wakes people by its group: whatever has one cause is one alert. One that only repeats a CloudWatch alarm says nothing: the alarm comes by itself. */
export function signalFromFinding(detail: unknown): AlertSignal | undefined {
  const { finding } = AnomalyDetected.parse(detail).data;
  if (finding.class === 'alarm') return undefined;
  return {
    kind: finding.state === 'open' ? 'open' : 'resolve',
    groupKey: `finding/${finding.groupKey}`,
    subject: { kind: 'finding', id: finding.findingId },
    revision: finding.revision,
    severity: finding.severity,
    title: finding.title,
    text: textOf(finding),
    at: finding.updatedAt,
  };
}

function textOf({ explanation, lookAt }: Finding): string {
  const hints = lookAt.map(({ text, command, url }) => `${text}: ${command ?? url ?? ''}`.replace(/: $/, ''));
  return [explanation, ...hints].join('\n');
}
