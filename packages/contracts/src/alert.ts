import * as z from 'zod';
import { Severity } from './finding.ts';

/** One of the things that an alert is about. */
const AlertMember = z.object({
  subjectId: z.string(),
  title: z.string(),
  /** When it began, epoch milliseconds. */
  since: z.number(),
  isOver: z.literal(true).optional(),
});

/** Something that became of an alert, or that a person said to it. */
const AlertEntry = z.object({
  at: z.number(),
  change: z.enum(['opened', 'worse', 'escalated', 'acknowledged', 'snoozed', 'closed']),
  /** Whose word it was; absent where it was nobody's. */
  by: z.string().optional(),
});

/** One thing that a human has to know. It exists before it is sent. */
export const Alert = z.object({
  alertId: z.string(),
  /** Alerts of one cause share it: while one is open, the next joins it. */
  groupKey: z.string(),
  severity: Severity,
  title: z.string(),
  text: z.string(),
  /** What it is about. */
  subject: z.object({
    kind: z.enum([
      'finding',
      'breach',
      'remediation',
      'cloudwatch-alarm',
      'health',
      'budget',
      'completeness',
      'synthetic',
      'other',
    ]),
    id: z.string(),
  }),
  state: z.enum(['open', 'acknowledged', 'snoozed', 'closed']),
  /** Raised by each change; the higher one is the newer one. */
  revision: z.number().int().nonnegative(),
  openedAt: z.number(),
  updatedAt: z.number(),
  closedAt: z.number().optional(),
  acknowledgedBy: z.string().optional(),
  snoozedUntil: z.number().optional(),
  /** Why it is closed: the subject recovered, or somebody closed it. */
  closedBecause: z.string().optional(),
  /** How many events joined it. */
  occurrences: z.number().int().positive(),
  /** What joined it, the first ones and whatever made it worse: each by its own name, and since when. Absent in alerts from before it was kept. */
  members: z.array(AlertMember).max(5).optional(),
  /** 0: the first person on call; each step of the escalation adds one. */
  escalationStep: z.number().int().nonnegative(),
  /** What became of it, oldest first: the first entry and the newest ones. Absent in alerts from before it was kept. */
  history: z.array(AlertEntry).max(50).optional(),
  deliveries: z.array(
    z.object({
      channel: z.string(),
      recipient: z.string(),
      state: z.enum(['pending', 'delivered', 'failed', 'undeliverable']),
      attempts: z.number().int().nonnegative(),
      /** Of the newest change. */
      at: z.number(),
      /** When the first message was sent; absent where none was, or from before it was kept. */
      firstAt: z.number().optional(),
      reason: z.string().optional(),
    }),
  ),
});
export type Alert = z.infer<typeof Alert>;
