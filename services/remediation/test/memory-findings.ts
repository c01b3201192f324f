import type { FindingPort, SeenFinding } from '../src/ports.ts';

/** Where findings stand, in memory. */
export function memoryFindings(): FindingPort {
  const rows = new Map<string, SeenFinding>();
  return {
    newest: async (findingId) => rows.get(findingId),
    note: async (seen) => {
      const known = rows.get(seen.findingId);
      const isNews =
        known === undefined || known.revision < seen.revision || (seen.isOver && known.revision === seen.revision);
      if (isNews) rows.set(seen.findingId, seen);
      return isNews ? seen : known;
    },
  };
}
