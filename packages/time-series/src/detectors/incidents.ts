import type { AnomalyKind, UnjudgedKind } from './detector.ts';
import { ANOMALY_THRESHOLD } from './score.ts';

/** One thing that went wrong, from its first anomalous point on. */
export interface Incident {
  readonly openedAt: number;
  /** The newest anomalous point. */
  readonly updatedAt: number;
  readonly resolvedAt?: number;
  readonly peakScore: number;
  readonly anomalousPoints: number;
  /** Of the highest score. */
  readonly kind?: AnomalyKind | UnjudgedKind;
}

/** A point as a detector judged it. `timestamp` in epoch milliseconds, `score` from 0 to 1. */
export interface ScoredPoint {
  readonly timestamp: number;
  readonly score: number;
  readonly kind?: AnomalyKind | UnjudgedKind;
}

/** When an incident opens and ends. Scores are from 0 to 1. */
export interface IncidentRules {
  /** A score that opens an incident. */
  readonly openAt: number;
  /** A score that keeps one open: lower, so that an incident does not flutter. */
  readonly keepAt: number;
  /** So many points in a row below `keepAt` resolve it. */
  readonly quietPoints: number;
}

/** The incident that is open, and how many points in a row were quiet. */
export interface IncidentState {
  readonly open: Incident | null;
  readonly quiet: number;
}

/** What a point did to the incident of its series. */
export type IncidentChange =
  | { readonly kind: 'opened' | 'updated' | 'resolved'; readonly incident: Incident }
  | { readonly kind: 'unchanged' };

/** An incident opens at the detectors' threshold, and ends after ten points that are well below it. */
export const DEFAULT_INCIDENT_RULES: IncidentRules = { openAt: ANOMALY_THRESHOLD, keepAt: 0.35, quietPoints: 10 };
/** Where each series begins. */
export const NO_INCIDENT: IncidentState = { open: null, quiet: 0 };

/** What a score does to the incident of its series: opens it once, updates it, or resolves it after a while of quiet (hysteresis). Pure. */
export function advanceIncident(
  { open, quiet }: IncidentState,
  point: ScoredPoint,
  rules: IncidentRules = DEFAULT_INCIDENT_RULES,
): { readonly state: IncidentState; readonly change: IncidentChange } {
  if (open === null) {
    if (point.score < rules.openAt) return { state: NO_INCIDENT, change: { kind: 'unchanged' } };
    return changed('opened', extend(undefined, point));
  }
  if (point.score >= rules.keepAt) return changed('updated', extend(open, point));
  if (quiet + 1 < rules.quietPoints) return { state: { open, quiet: quiet + 1 }, change: { kind: 'unchanged' } };
  return { state: NO_INCIDENT, change: { kind: 'resolved', incident: { ...open, resolvedAt: point.timestamp } } };
}

/** The incidents of scored points, in order; the last one may be open still. */
export function incidents(points: Iterable<ScoredPoint>, rules: IncidentRules = DEFAULT_INCIDENT_RULES): Incident[] {
  const found: Incident[] = [];
  let state = NO_INCIDENT;
  for (const point of points) {
    const next = advanceIncident(state, point, rules);
    if (next.change.kind === 'resolved') found.push(next.change.incident);
    state = next.state;
  }
  if (state.open !== null) found.push(state.open);
  return found;
}

function changed(kind: 'opened' | 'updated', incident: Incident): { state: IncidentState; change: IncidentChange } {
  return { state: { open: incident, quiet: 0 }, change: { kind, incident } };
}

function extend(open: Incident | undefined, { timestamp, score, kind }: ScoredPoint): Incident {
  const isPeak = open === undefined || score > open.peakScore;
  const peakKind = isPeak ? kind : open.kind;
  return {
    openedAt: open?.openedAt ?? timestamp,
    updatedAt: timestamp,
    peakScore: isPeak ? score : open.peakScore,
    anomalousPoints: (open?.anomalousPoints ?? 0) + 1,
    ...(peakKind === undefined ? {} : { kind: peakKind }),
  };
}
