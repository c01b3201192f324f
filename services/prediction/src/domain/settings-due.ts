import { createHash } from 'node:crypto';
import { type Subject, subjectKey } from './subject.ts';

const QUARTER_MS = 15 * 60_000;
const HOUR_MS = 60 * 60_000;

/** What has to be read again of a subject, whose settings were read at a time. */
export interface DueSettings {
  readonly isDue: boolean;
  /** What is provisioned is asked for by itself, and less often where there is nothing. */
  readonly isProvisionedDue: boolean;
}

/**
 * Settings are read every quarter of an hour, and what is provisioned every hour, every quarter where something is or should be. Each subject has its own
 * phase, by its name: what was first seen in one minute is not read in one minute for ever, since Lambda answers 15 such requests a second for everybody
 * (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html, "control plane API requests").
 */
export function settingsDue(
  subject: Subject,
  { readAt, now, isOftenProvisioned }: { readonly readAt: number; readonly now: number; isOftenProvisioned: boolean },
): DueSettings {
  const phase = createHash('sha256').update(subjectKey(subject)).digest().readUInt32BE() % QUARTER_MS;
  const isOver = (everyMs: number): boolean =>
    Math.floor((now - phase) / everyMs) > Math.floor((readAt - phase) / everyMs);
  const isDue = isOver(QUARTER_MS);
  return { isDue, isProvisionedDue: isOftenProvisioned ? isDue : isOver(HOUR_MS) };
}
