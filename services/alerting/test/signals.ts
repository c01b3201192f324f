import type { AlertSignal } from '../src/domain/alert-signal.ts';

/** A signal of a subject in a group of its own, unless told otherwise. */
export function signal(id: string, overrides: Partial<AlertSignal> = {}): AlertSignal {
  return {
    kind: 'open',
    groupKey: `group/${id}`,
    subject: { kind: 'other', id },
    revision: 0,
    severity: 'critical',
    title: `${id} is broken`,
    text: `Something is wrong with ${id}.`,
    at: Date.UTC(2026, 0, 15, 12),
    ...overrides,
  };
}
