import * as z from 'zod';
import { Remediation } from './remediation.ts';

/** What the remediation service answers: request and answer shapes of its function `lamplighter-remediation-<stage>-query-remediations`. */
export const RemediationsQuery = z.discriminatedUnion('kind', [
  /** Repairs, newest first. */
  z.object({
    kind: z.literal('recent'),
    limit: z.number().int().min(1).max(200).optional(),
    cursor: z.string().optional(),
  }),
  /** A look at once: every repair that waits for a person however old, the newest of any state, the kill switch. */
  z.object({ kind: z.literal('overview'), limit: z.number().int().min(1).max(200).optional() }),
  z.object({ kind: z.literal('by-id'), remediationId: z.string().min(1).max(200) }),
  /** What was planned for a finding, in any state, planned first, first. */
  z.object({ kind: z.literal('by-finding'), findingId: z.string().min(1).max(500) }),
  /** A person's decision on one that waits; the caller vouches for who that is. */
  z.object({
    kind: z.literal('decide'),
    remediationId: z.string().min(1).max(200),
    decision: z.enum(['approve', 'decline']),
    by: z.string().min(1).max(200),
  }),
  /** Whether the kill switch is on, and the guardrails in force. */
  z.object({ kind: z.literal('guardrails') }),
  z.object({ kind: z.literal('set-kill-switch'), isOn: z.boolean(), by: z.string().min(1).max(200) }),
]);
export type RemediationsQuery = z.infer<typeof RemediationsQuery>;

/** What the remediation service answers to a `RemediationsQuery`. `cursor` fetches the next page; absent on the last one. */
export const RemediationsAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('remediations'), remediations: z.array(Remediation), cursor: z.string().optional() }),
  /** `waiting`: the one whose time is up first, first. `recent`: newest first. */
  z.object({
    kind: z.literal('overview'),
    waiting: z.array(Remediation),
    recent: z.array(Remediation),
    isKilled: z.boolean(),
  }),
  /** `executionArn`: what carries it out, with its history; absent where it is not told. */
  z.object({ kind: z.literal('remediation'), remediation: Remediation, executionArn: z.string().optional() }),
  /** `config` is the document as it stands in its parameter. */
  z.object({ kind: z.literal('guardrails'), isKilled: z.boolean(), config: z.unknown() }),
  z.object({ kind: z.literal('refused'), reason: z.string() }),
  z.object({ kind: z.literal('not-found') }),
  z.object({ kind: z.literal('invalid-query'), reason: z.string() }),
]);
export type RemediationsAnswer = z.infer<typeof RemediationsAnswer>;
