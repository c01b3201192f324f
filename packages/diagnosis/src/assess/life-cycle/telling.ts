import type { Signal } from '../../findings/rule.ts';
import type { Incident, Telling } from '../incident.ts';
import type { Part } from './signals.ts';

const SEVERITIES = ['info', 'warning', 'critical'] as const;

/** Worth a new revision: a higher severity, twice as bad, wider than a few calls, calls that fail and did not, a new part, or a cause that was not known. */
export function isMaterial(
  { told, joined, isDealtWith }: Incident,
  signal: Signal | undefined,
  parts: readonly Part[],
): boolean {
  if (parts.some(([type]) => joined[type] === undefined)) return true;
  if (signal === undefined) return false;
  if (isDealtWith === true && signal.isDealtWith !== true) return true;
  if (SEVERITIES.indexOf(signal.severity) > SEVERITIES.indexOf(told.severity)) return true;
  if ((signal.reach ?? 0) > (told.reach ?? 1)) return true;
  return signal.magnitude >= 2 * told.magnitude || (signal.causes ?? []).length > told.causes.length;
}

/** What joined an incident, each part with what it saw first. */
export function joinedOf(before: Incident['joined'], parts: readonly Part[]): Incident['joined'] {
  const joined = { ...before };
  for (const [type, { evidence }] of parts) joined[type] ??= evidence[0] ?? { text: type };
  return joined;
}

/** What is said of an incident by the signals of a minute, after what was said before. */
export function tell(signal: Signal, parts: readonly Part[], at: number, before?: Telling): Telling {
  const severities = [signal, ...parts.map(([, part]) => part)].map(({ severity }) => SEVERITIES.indexOf(severity));
  const severity =
    SEVERITIES[Math.max(...severities, before === undefined ? 0 : SEVERITIES.indexOf(before.severity))] ?? 'warning';
  const onset = before?.evidence[0];
  return {
    severity,
    magnitude: Math.max(signal.magnitude, before?.magnitude ?? 0),
    ...(signal.reach === undefined ? {} : { reach: Math.max(signal.reach, before?.reach ?? 0) }),
    confidence: Math.max(confidenceOf(signal.surprise), before?.confidence ?? 0),
    title: signal.title,
    explanation: signal.explanation,
    // What was seen first stays: it says since when.
    evidence: [...(onset === undefined ? [] : [onset]), ...signal.evidence].slice(0, 6),
    causes: signal.causes ?? before?.causes ?? [],
    lookAt: signal.lookAt ?? [],
    toldAt: at,
  };
}

/** The same, where only parts of it show themselves. */
export function retell(before: Telling, parts: readonly Part[], at: number): Telling {
  const severities = [before, ...parts.map(([, part]) => part)].map(({ severity }) => SEVERITIES.indexOf(severity));
  return { ...before, severity: SEVERITIES[Math.max(...severities)] ?? 'warning', toldAt: at };
}

/** Never certain: each 7 of surprise halve the doubt, and then the model may be wrong. */
const confidenceOf = (surprise: number): number => Number(Math.min(0.99, 1 - 2 ** (-surprise / 7)).toFixed(2));
