import * as z from 'zod';
import type { AccountPolicy } from '../preflight/account-policy.ts';

const PolicyDocument = z.object({ DestinationArn: z.string(), FilterPattern: z.string().default('') });

/** A policy as AWS answers it. */
export interface AnsweredPolicy {
  readonly policyName?: string | undefined;
  readonly policyDocument?: string | undefined;
  readonly selectionCriteria?: string | undefined;
}

/** Policies that lead somewhere; a document that is none leads nowhere. */
export function readAccountPolicies(answered: readonly AnsweredPolicy[]): readonly AccountPolicy[] {
  return answered.flatMap(({ policyName = 'a policy', policyDocument = '', selectionCriteria }) => {
    const parsed = PolicyDocument.safeParse(parseJson(policyDocument));
    if (!parsed.success) return [];
    const { DestinationArn: destinationArn, FilterPattern: filterPattern } = parsed.data;
    const criteria = selectionCriteria === undefined ? {} : { selectionCriteria };
    return [{ name: policyName, destinationArn, filterPattern, ...criteria }];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
