import type { Finding } from '@lamplighter/contracts';

/** In place of a playbook's name, where none had anything to propose. */
export const ANY_PLAYBOOK = 'any';

/** Of a repair that the twin cannot carry out. */
export const NOT_IN_TWIN = 'it changes what the twin does not have';

/** What came of a repair: it is tried until its verdict; what was kept for a while only is taken back when that is over. */
export type RepairOutcome = 'on trial' | 'kept' | 'undone' | 'over';

export interface RepairNote {
  readonly playbook: string;
  readonly title: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly outcome: RepairOutcome;
}

/** What the agents made of one finding. Times are epoch milliseconds. */
export interface FindingNote {
  readonly finding: Pick<Finding, 'findingId' | 'class' | 'title' | 'openedAt'> & { readonly resource: string };
  /** When it was seen first: a finding opens when its first minute began. */
  readonly seenAt: number;
  /** Absent while it is open. */
  readonly endedAt?: number;
  readonly repairs: readonly RepairNote[];
  /** Why a playbook did nothing, as it stood when it was last asked; by its name, or of all that were asked. */
  readonly withheld: Readonly<Record<string, string>>;
}

/** Keeps what the agents found, did and left alone. */
export interface AgentDiary {
  /** Findings that are open at a minute. */
  look(open: readonly Finding[], now: number): void;
  applied(findingId: string, repair: Omit<RepairNote, 'outcome'>): void;
  settled(findingId: string, appliedAt: number, outcome: RepairOutcome): void;
  withheld(findingId: string, playbook: string, reason: string): void;
  /** Found first, first. */
  notes(): readonly FindingNote[];
}

export function agentDiary(): AgentDiary {
  const notes = new Map<string, FindingNote>();
  const change = (findingId: string, changed: (note: FindingNote) => Partial<FindingNote>): void => {
    const note = notes.get(findingId);
    if (note !== undefined) notes.set(findingId, { ...note, ...changed(note) });
  };
  return {
    look(open, now) {
      const ids = new Set(open.map(({ findingId }) => findingId));
      for (const [id, { endedAt }] of notes)
        if (endedAt === undefined && !ids.has(id)) change(id, () => ({ endedAt: now }));
      for (const { findingId, class: kind, title, openedAt, resource } of open) {
        if (notes.has(findingId)) continue;
        const finding = { findingId, class: kind, title, openedAt, resource: resource.name };
        notes.set(findingId, { finding, seenAt: now, repairs: [], withheld: {} });
      }
    },
    applied: (findingId, repair) =>
      change(findingId, ({ repairs }) => ({ repairs: [...repairs, { ...repair, outcome: 'on trial' }] })),
    settled: (findingId, appliedAt, outcome) =>
      change(findingId, ({ repairs }) => ({
        repairs: repairs.map((repair) => (repair.at === appliedAt ? { ...repair, outcome } : repair)),
      })),
    withheld: (findingId, playbook, reason) =>
      change(findingId, ({ withheld }) => ({ withheld: { ...withheld, [playbook]: reason } })),
    notes: () => [...notes.values()],
  };
}
