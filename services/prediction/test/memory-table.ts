import { sharedMinutes } from '../src/domain/account-minutes.ts';
import { type GaugeIdentity, type Subject, subjectKey } from '../src/domain/subject.ts';
import type { KnownGaugesPort, KnownPrediction, PredictionPort } from '../src/ports.ts';

/** A table in memory that refuses what was read before somebody else wrote. */
export function memoryTable(): PredictionPort & { knownGauges: KnownGaugesPort } {
  const items = new Map<string, { subject: Subject; known: KnownPrediction }>();
  const gauges = new Map<string, GaugeIdentity>();
  return {
    read: async (subject) => items.get(subjectKey(subject))?.known ?? { version: 0, snapshot: { version: 0 } },
    async glance(subject) {
      const stored = items.get(subjectKey(subject))?.known.stored;
      const newest = stored?.state.load.newest;
      return stored && { isTold: stored.untold.length === 0, ...(newest !== undefined && { newest }) };
    },
    async write(subject, { version }, stored, { rows: { capacity } }) {
      if ((items.get(subjectKey(subject))?.known.version ?? 0) !== version) return 'conflict';
      const known = { stored, version: version + 1, snapshot: { version: version + 1 } };
      items.set(subjectKey(subject), { subject, known });
      if (capacity?.isGone) gauges.delete(subjectKey(subject));
      else if (capacity !== undefined && subject.gauge !== undefined) gauges.set(subjectKey(subject), subject.gauge);
      return known;
    },
    minutesOf: async () =>
      [...items.values()].flatMap(({ subject: { functionName }, known: { stored } }) =>
        functionName === undefined || stored === undefined
          ? []
          : [sharedMinutes(functionName, stored.settings, stored.state)],
      ),
    knownGauges: async () => [...gauges.values()],
  };
}
