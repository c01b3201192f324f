import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from '@jest/globals';
import { evaluateStatements } from '../../../packages/sandbox/src/iam/evaluation/evaluate-statements.ts';
import {
  listOf,
  type PolicyStatement,
  parsePolicyDocument,
  statementsOf,
} from '../../../packages/sandbox/src/iam/policies/policy-document.ts';
import { REPOSITORY } from '../../workspace-services.ts';
import type { NeededAccess } from '../deployer/needed-access.ts';
import { readDocuments } from '../markdown/documents.ts';
import { fencedCommands } from '../markdown/written-commands.ts';
import { FAILED_DELIVERIES_ACCESS, LAMPLIGHTER_ACCESS, operatorAccess } from './operator-access.ts';

/** What is done once by whoever administers the account, and not by whoever runs Lamplighter: these have no place in the policy. */
const OF_ADMINISTRATORS = /^aws (iam|budgets|s3|sesv2) |^aws (logs delete-subscription-filter|dynamodb delete-table) /;

let statements: readonly PolicyStatement[];
let needed: readonly NeededAccess[];
beforeAll(async () => {
  const text = await readFile(join(REPOSITORY, 'docs', 'rights', 'operator.json'), 'utf8');
  statements = statementsOf(parsePolicyDocument(text));
  const documents = readDocuments().filter(({ path }) =>
    ['docs/getting-started.md', 'docs/operations.md'].includes(path),
  );
  const commands = documents.flatMap(fencedCommands).filter(({ words }) => words[0] === 'aws');
  const typed = commands.filter(({ words }) => !OF_ADMINISTRATORS.test(`${words.join(' ')} `));
  // What the README of remediation has deleted when an owner took a change over.
  const takenOver = {
    action: 'dynamodb:DeleteItem',
    resource: 'arn:aws:dynamodb:eu-west-1:123456789012:table/lamplighter-prod-remediations',
    context: {},
  };
  needed = [...LAMPLIGHTER_ACCESS, ...FAILED_DELIVERIES_ACCESS, ...typed.flatMap(operatorAccess), takenOver];
});

test('an operator may type what the runbook and the guide have typed', () => {
  const refused = needed.filter((access) => evaluateStatements(statements, access).kind !== 'allow');
  expect(refused.map(({ action, resource }) => `${action} on ${resource}`)).toEqual([]);
});

test('an operator may nothing that no command takes', () => {
  const unused = statements.flatMap((statement) =>
    listOf<string>(statement.Action).filter(
      (action) =>
        !needed.some((access) => access.action === action && evaluateStatements([statement], access).kind === 'allow'),
    ),
  );
  expect(unused).toEqual([]);
});

test.each([
  ['lambda:InvokeFunction', 'arn:aws:lambda:eu-west-1:123456789012:function:orders'],
  ['lambda:InvokeFunction', 'arn:aws:lambda:eu-west-1:123456789012:function:lamplighter-remediation-prod-apply-change'],
  ['ssm:GetParameter', 'arn:aws:ssm:eu-west-1:123456789012:parameter/orders/secret'],
  ['dynamodb:DeleteItem', 'arn:aws:dynamodb:eu-west-1:123456789012:table/lamplighter-prod-audit'],
  ['sqs:ReceiveMessage', 'arn:aws:sqs:eu-west-1:123456789012:orders'],
])('an operator may not %s on %s', (action, resource) => {
  expect(evaluateStatements(statements, { action, resource, context: {} }).kind).toBe('implicit-deny');
});
