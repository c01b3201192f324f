import { AnomalyDetected, commandsAt, type Finding } from '@lamplighter/contracts';
import type { AlertSignal } from '../alert-signal.ts';

/**
 * A finding wakes people by its group: whatever has one cause is one alert. One that only repeats a CloudWatch alarm says nothing: the alarm comes by itself.
 * `place`: what its commands need so that they can be typed where it is read.
 */
export function signalFromFinding(detail: unknown, place: string): AlertSignal | undefined {
  const { finding } = AnomalyDetected.parse(detail).data;
  if (finding.class === 'alarm') return undefined;
  return {
    kind: finding.state === 'open' ? 'open' : 'resolve',
    groupKey: `finding/${finding.groupKey}`,
    subject: { kind: 'finding', id: finding.findingId },
    names: [finding.resource.name],
    revision: finding.revision,
    severity: finding.severity,
    title: finding.title,
    text: textOf(finding, place),
    at: finding.updatedAt,
    since: finding.openedAt,
  };
}

function textOf({ explanation, lookAt }: Finding, place: string): string {
  const hints = commandsAt(lookAt, place).map(({ text, command, url }) =>
    `${text}: ${command ?? url ?? ''}`.replace(/: $/, ''),
  );
  return [explanation, ...hints].join('\n');
}
