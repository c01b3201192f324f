import { GuardrailConfig } from '@lamplighter/remedies';
import * as z from 'zod';
import { Approvers } from './approvers.ts';

/** Guardrails, and who may approve: one reviewed document. */
export const RemediationConfig = z.strictObject({
  guardrails: GuardrailConfig.prefault({}),
  approvers: Approvers.default([]),
  approvalMinutes: z.number().positive().max(10_080).default(60),
});
export type RemediationConfig = z.infer<typeof RemediationConfig>;

/** The document in a text, or why it is none, in one line. */
export function readConfig(text: string): { readonly config: RemediationConfig } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problem: `The guardrails are not JSON: ${(error as Error).message}` };
  }
  const parsed = RemediationConfig.safeParse(value);
  if (parsed.success) return { config: parsed.data };
  const [first] = parsed.error.issues;
  return { problem: `The guardrails are wrong at ${first?.path.join('.') || 'their top'}: ${first?.message}` };
}
