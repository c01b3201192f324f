import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Sandbox } from '../../../packages/sandbox/src/index.ts';

const Row = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('alert'),
    alert: z.object({ alertId: z.string(), severity: z.string(), state: z.string(), openedAt: z.number() }),
  }),
  z.object({
    kind: z.literal('delivery'),
    delivery: z.object({
      alertId: z.string(),
      channel: z.string(),
      recipient: z.string(),
      step: z.number(),
      sent: z.number(),
      wanted: z.number(),
      state: z.enum(['pending', 'delivered', 'failed', 'undeliverable']),
      plannedAt: z.number(),
      reason: z.string().optional(),
      fallbackOf: z.string().optional(),
      unsure: z.object({ since: z.number() }).optional(),
    }),
  }),
  z.object({
    kind: z.literal('member'),
    member: z.object({ subject: z.object({ id: z.string() }), alertId: z.string(), state: z.string() }),
  }),
]);
type Row = z.infer<typeof Row>;
export type OutboxAlert = Extract<Row, { kind: 'alert' }>['alert'];
export type OutboxDelivery = Extract<Row, { kind: 'delivery' }>['delivery'];

export interface Outbox {
  readonly alerts: ReadonlyMap<string, OutboxAlert>;
  readonly deliveries: ReadonlyMap<string, readonly OutboxDelivery[]>;
  /** The alert that each subject joined. */
  readonly alertOf: ReadonlyMap<string, string>;
}

/** All that the outbox table holds. */
export async function readOutbox(sandbox: Sandbox): Promise<Outbox> {
  const alerts = new Map<string, OutboxAlert>();
  const deliveries = new Map<string, OutboxDelivery[]>();
  const alertOf = new Map<string, string>();
  const pages = paginateScan({ client: sandbox.client(DynamoDBClient) }, { TableName: 'lamplighter-dev-alerts' });
  for await (const { Items = [] } of pages) {
    for (const item of Items) {
      const row = Row.safeParse(unmarshall(item));
      if (!row.success) continue;
      if (row.data.kind === 'alert') alerts.set(row.data.alert.alertId, row.data.alert);
      else if (row.data.kind === 'member') alertOf.set(row.data.member.subject.id, row.data.member.alertId);
      else {
        const { delivery } = row.data;
        deliveries.set(delivery.alertId, [...(deliveries.get(delivery.alertId) ?? []), delivery]);
      }
    }
  }
  return { alerts, deliveries, alertOf };
}
