import type { Endpoint } from './api-request.ts';
import { expectAnswer } from './expect-answer.ts';

export interface Guardrails {
  readonly isKilled: boolean;
  /** The document as it stands in its parameter. */
  readonly config: unknown;
}

/** `GET /api/guardrails` */
export const getGuardrails: Endpoint = async (_request, { services }): Promise<Guardrails> => {
  const { isKilled, config } = expectAnswer(
    'remediation',
    await services.remediations({ kind: 'guardrails' }),
    'guardrails',
  );
  return { isKilled, config };
};
