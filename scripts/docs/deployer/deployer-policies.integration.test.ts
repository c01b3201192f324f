import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { evaluateStatements } from '../../../packages/sandbox/src/iam/evaluation/evaluate-statements.ts';
import { listOf, type PolicyStatement } from '../../../packages/sandbox/src/iam/policies/policy-document.ts';
import { REPOSITORY } from '../../workspace-services.ts';
import { packagedStacks } from '../packaged-stacks.ts';
import { DEPLOYER_POLICIES, readDeployerStatements } from './deployer-policies.ts';
import { frameworkAccess } from './framework-access.ts';
import { type NeededAccess, stackAccess } from './needed-access.ts';

let statements: readonly PolicyStatement[];
let needed: readonly NeededAccess[];
beforeAll(async () => {
  statements = await readDeployerStatements();
  const stacks = await packagedStacks();
  needed = stacks.flatMap((stack) => [...stackAccess(stack), ...frameworkAccess(stack.name)]);
}, 600_000);

const allows = (statement: PolicyStatement, access: NeededAccess): boolean =>
  evaluateStatements([statement], access).kind === 'allow';

describe("the deployer's policies", () => {
  test('allow all that deploying and removing every stack takes, through both doors', () => {
    const refused = needed.filter((access) => evaluateStatements(statements, access).kind !== 'allow');
    expect([...new Set(refused.map(({ action, resource }) => `${action} on ${resource}`))]).toEqual([]);
  });

  test('allow no action that none of the stacks takes', () => {
    const unused = statements.flatMap((statement) =>
      listOf<string>(statement.Action)
        .filter((action) => !needed.some((access) => access.action === action && allows(statement, access)))
        .map((action) => `${statement.Sid}: ${action}`),
    );
    expect(unused).toEqual([]);
  });

  test("reach nothing of others by name, but what has no name: APIs, mappings, subscriptions, CloudFront's parts", () => {
    const anywhere = statements.filter(({ Resource }) => listOf<string>(Resource).includes('*')).map(({ Sid }) => Sid);
    expect(anywhere).toEqual(['LookAround', 'EventSources', 'Subscriptions', 'AlarmsRead', 'ConsolePage']);
    for (const [action, resource] of [
      ['lambda:DeleteFunction', 'arn:aws:lambda:eu-west-1:123456789012:function:orders'],
      ['iam:PutRolePolicy', 'arn:aws:iam::123456789012:role/admin'],
      ['dynamodb:DeleteTable', 'arn:aws:dynamodb:eu-west-1:123456789012:table/orders'],
      ['s3:GetObject', 'arn:aws:s3:::lamplighter-prod-archive-123456789012-eu-west-1/events/x.gz'],
    ] as const)
      expect(evaluateStatements(statements, { action, resource, context: {} }).kind).toBe('implicit-deny');
  });

  test.each(DEPLOYER_POLICIES)('%s fits into a managed policy', async (path) => {
    const text = await readFile(join(REPOSITORY, path), 'utf8');
    expect(text.replaceAll(/\s/g, '').length).toBeLessThanOrEqual(6_144);
  });
});
