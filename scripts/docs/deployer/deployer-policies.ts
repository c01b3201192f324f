import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type PolicyStatement,
  parsePolicyDocument,
  statementsOf,
} from '../../../packages/sandbox/src/iam/policies/policy-document.ts';
import { REPOSITORY } from '../../workspace-services.ts';

/** The policies of a deployer, by file; a managed policy has 6,144 characters at most. */
export const DEPLOYER_POLICIES = ['docs/rights/stacks.json', 'docs/rights/resources.json'] as const;

export async function readDeployerStatements(): Promise<readonly PolicyStatement[]> {
  const texts = await Promise.all(DEPLOYER_POLICIES.map((path) => readFile(join(REPOSITORY, path), 'utf8')));
  return texts.flatMap((text) => statementsOf(parsePolicyDocument(text)));
}
