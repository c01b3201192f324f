import * as z from 'zod';
import { type Endpoint, readBody } from './api-request.ts';
import { expectAnswer } from './expect-answer.ts';
import { withoutLinks } from './get-remediations.ts';

const Decision = z.object({ remediationId: z.string().min(1).max(200), decision: z.enum(['approve', 'decline']) });
const Answer = z.object({
  alertId: z.string().min(1).max(200),
  answer: z.enum(['acknowledge', 'snooze', 'close']),
  minutes: z.number().int().min(1).max(10_080).optional(),
});
const Switch = z.object({ isOn: z.boolean() });

/** `POST /api/decide`: approve or decline a repair that waits. The remediation service decides what that means, and keeps who did it. */
export const postDecision: Endpoint = async (request, { services, forget }) => {
  const { remediationId, decision } = readBody(Decision, request);
  const asked = await services.remediations({ kind: 'decide', remediationId, decision, by: request.by });
  forget();
  return { remediation: withoutLinks(expectAnswer('remediation', asked, 'remediation').remediation) };
};

/** `POST /api/answer`: take an alert on, put it off, close it. */
export const postAnswer: Endpoint = async (request, { services, forget }) => {
  const { alertId, answer, minutes } = readBody(Answer, request);
  const asked = await services.alerts({
    kind: 'answer',
    alertId,
    answer,
    by: request.by,
    ...(minutes !== undefined && { minutes }),
  });
  forget();
  return { alert: expectAnswer('alerting', asked, 'alert').alert };
};

/** `POST /api/kill-switch`: on, nothing is repaired any more. */
export const postKillSwitch: Endpoint = async (request, { services, forget }) => {
  const { isOn } = readBody(Switch, request);
  const asked = await services.remediations({ kind: 'set-kill-switch', isOn, by: request.by });
  forget();
  const { isKilled, config } = expectAnswer('remediation', asked, 'guardrails');
  return { isKilled, config };
};
