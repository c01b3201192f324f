import type { Alert } from '@lamplighter/contracts';
import * as z from 'zod';
import { type Endpoint, Paging, readInput } from './api-request.ts';
import { answerIfAny, expectAnswer } from './expect-answer.ts';

export interface AlertList {
  readonly alerts: readonly Alert[];
  readonly cursor?: string;
  /** Who is on call now, by rota; only with the first page. */
  readonly onCall: readonly { readonly rota: string; readonly person: string }[];
  /** What nobody is told of now, until when and why; only with the first page. */
  readonly silences: readonly { readonly about: string; readonly until: number; readonly because: string }[];
}

/** `GET /api/alerts?cursor&limit`: all, newest first. */
export const getAlerts: Endpoint = async ({ query }, { services }): Promise<AlertList> => {
  const { limit = 100, cursor } = readInput(Paging, query);
  const [asked, rotas] = await Promise.all([
    services.alerts({ kind: 'recent', limit, ...(cursor && { cursor }) }),
    cursor === undefined ? services.alerts({ kind: 'on-call' }) : undefined,
  ]);
  const { alerts, cursor: next } = expectAnswer('alerting', asked, 'alerts');
  const now = rotas && answerIfAny(rotas, 'on-call');
  return {
    alerts,
    ...(next && { cursor: next }),
    onCall: now?.rotas ?? [],
    silences: now?.silences ?? [],
  };
};

/** `GET /api/alert?id` */
export const getAlert: Endpoint = async ({ query }, { services }): Promise<{ readonly alert: Alert }> => {
  const { id } = readInput(z.object({ id: z.string().min(1).max(200) }), query);
  return { alert: expectAnswer('alerting', await services.alerts({ kind: 'by-id', alertId: id }), 'alert').alert };
};
