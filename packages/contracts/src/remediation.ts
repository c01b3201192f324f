import * as z from 'zod';
import { Evidence, FindingClass, Severity, WatchedResource } from './finding.ts';

/** One repair from its plan to its end: a transaction that is guarded, approved where needed, verified, and undone if it did not help. */
export const Remediation = z.object({
  /** Also the name of the execution that carries it out, so that one plan runs once. */
  remediationId: z.string(),
  playbook: z.string(),
  /** What the playbook was told: `{ memorySizeMb: 1024 }`. */
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  resource: WatchedResource,
  findingId: z.string(),
  findingClass: FindingClass,
  /** Of the finding when the repair was planned: whom a question about it may wake. Absent in what was planned by an older version. */
  findingSeverity: Severity.optional(),
  mode: z.enum(['dry-run', 'approve', 'automatic']),
  state: z.enum([
    'planned',
    'refused',
    'awaiting-approval',
    'approved',
    'declined',
    'expired',
    'dry-run-ended',
    'applying',
    'verifying',
    'kept',
    'rolling-back',
    'rolled-back',
    'failed',
  ]),
  /** Raised by each change; the higher one is the newer one. */
  revision: z.number().int().nonnegative(),
  plannedAt: z.number(),
  updatedAt: z.number(),
  appliedAt: z.number().optional(),
  endedAt: z.number().optional(),
  /** One line: "raise the memory of reservation-mobile-api from 512 to 1,024 MB". */
  title: z.string(),
  /** Why this, in a sentence or two. */
  reason: z.string(),
  evidence: z.array(Evidence),
  risk: z.enum(['low', 'medium', 'high']),
  /** More (or, negative, less) than doing nothing. */
  costPerHourUsd: z.number(),
  costPerMonthUsd: z.number(),
  /** How it will be undone, in a sentence. */
  undo: z.string(),
  /** The guardrails that refused it, each with what would lift it. */
  refusals: z.array(z.object({ rail: z.string(), reason: z.string(), lift: z.string() })),
  /** Who decided, in the order in which they did. */
  decisions: z.array(
    z.object({ by: z.string(), decision: z.enum(['approve', 'decline']), at: z.number(), through: z.string() }),
  ),
  approvalsNeeded: z.number().int().nonnegative(),
  /** While it waits: links of their own for each approver, single use, and when they expire. */
  approval: z
    .object({
      expiresAt: z.number(),
      links: z.array(z.object({ approver: z.string(), approveUrl: z.string(), declineUrl: z.string() })),
    })
    .optional(),
  /** The figures that decided whether to keep it. */
  verification: z
    .object({
      metric: z.string(),
      unit: z.string(),
      before: z.number(),
      after: z.number(),
      target: z.number(),
      windows: z.number().int(),
    })
    .optional(),
  /** A model's answer on the order of what was planned, where one was asked: whether it was taken, and what it cost. `costUsd` is absent where its price is not known. */
  adviser: z
    .object({
      modelId: z.string(),
      isUsed: z.boolean(),
      inputTokens: z.number().int().nonnegative(),
      outputTokens: z.number().int().nonnegative(),
      costUsd: z.number().nonnegative().optional(),
    })
    .optional(),
  /** The same fix for the owner's serverless.yml, so that the next deploy does not undo it. */
  patch: z.string().optional(),
  failure: z.string().optional(),
  /** Of what failed: before anything was changed. Nothing has to be put right, and nobody woken; `failure` says why. */
  untouched: z.literal(true).optional(),
  /** Of what was kept for a while: its time is over, and what it changed was taken back. */
  takenBack: z.literal(true).optional(),
  /** Of what was undone: what somebody had changed meanwhile, and so was left as it is. */
  leftToOwner: z.string().optional(),
  /** Of what was kept and later undone because its time was over, not because it failed: why. */
  withdrawn: z.string().optional(),
});
export type Remediation = z.infer<typeof Remediation>;
