import * as z from 'zod';
import { Alert } from './alert.ts';

/** What the alerting service answers: request and answer shapes of its function `lamplighter-alerting-<stage>-query-alerts`. */
export const AlertsQuery = z.discriminatedUnion('kind', [
  /** Alerts that are not closed: the worst first, and of those of one severity the newest. */
  z.object({ kind: z.literal('open') }),
  /** Alerts that nobody could be told of, and those that nobody took on in any step; also when they are over, until a person answers. The worst first. */
  z.object({ kind: z.literal('missed') }),
  z.object({
    kind: z.literal('recent'),
    limit: z.number().int().min(1).max(200).optional(),
    cursor: z.string().optional(),
  }),
  z.object({ kind: z.literal('by-id'), alertId: z.string().min(1).max(200) }),
  /** A person's answer to an alert; `by` is recorded with it. The caller vouches for who that is. */
  z.object({
    kind: z.literal('answer'),
    alertId: z.string().min(1).max(200),
    answer: z.enum(['acknowledge', 'snooze', 'close']),
    by: z.string().min(1).max(200),
    minutes: z.number().int().min(1).max(10_080).optional(),
  }),
  /** Who is on call in each rota, and what is silenced, at an instant, epoch milliseconds. */
  z.object({ kind: z.literal('on-call'), at: z.number().optional() }),
]);
export type AlertsQuery = z.infer<typeof AlertsQuery>;

/** What the alerting service answers to an `AlertsQuery`. `cursor` fetches the next page; absent on the last one. */
export const AlertsAnswer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('alerts'),
    alerts: z.array(Alert),
    cursor: z.string().optional(),
    /** How many there are, where `alerts` may be the worst of them only; absent where that is not counted. */
    total: z.number().int().nonnegative().optional(),
  }),
  z.object({ kind: z.literal('alert'), alert: Alert }),
  z.object({ kind: z.literal('not-found') }),
  z.object({
    kind: z.literal('on-call'),
    rotas: z.array(z.object({ rota: z.string(), person: z.string() })),
    /** What nobody is told of at that instant, until when and why. */
    silences: z.array(z.object({ about: z.string(), until: z.number(), because: z.string() })).optional(),
  }),
  z.object({ kind: z.literal('invalid-query'), reason: z.string() }),
]);
export type AlertsAnswer = z.infer<typeof AlertsAnswer>;
