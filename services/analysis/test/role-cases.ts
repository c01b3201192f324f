import { expect, test } from '@jest/globals';
import type { Analysis } from './deployed-analysis.ts';

/** Every statement that the packaged roles have, by its Sid: one more or one less is a decision. */
const STATEMENTS = {
  AssessFunctionRole: [
    'AskAdviser',
    'AskAudit',
    'KeepAssessments',
    'Publish',
    'ReadEventSources',
    'ReadMetrics',
    'ReadOpenFindings',
    'ReadSettings',
    'ReadTraces',
    'TakeNews',
    'WriteOwnLog',
  ],
  QueryFindingsRole: ['ListFindings', 'ReadFindings', 'WriteOwnLog'],
};
/** Without resource-level permissions: Service Authorization Reference of CloudWatch, X-Ray and Lambda. */
const WITHOUT_RESOURCES = [
  'cloudwatch:GetMetricData',
  'lambda:ListEventSourceMappings',
  'xray:BatchGetTraces',
  'xray:GetTraceSummaries',
];

const listed = (value: unknown): string[] => [value].flat().map(String);

/** What the roles of the packaged stack must hold to, after everything that they are for has happened. */
export function roleCases(analysis: () => Analysis): void {
  const statements = () =>
    Object.values(analysis().stack.resources)
      .filter(({ type }) => type === 'AWS::IAM::Role')
      .flatMap(({ logicalId, physicalId: roleName }) => {
        const { iam } = analysis().sandbox;
        return iam.statements(roleName).map((statement) => ({
          logicalId,
          roleName,
          statement,
          name: `${logicalId}.${statement.Sid}`,
          uses: iam.usage().filter((use) => use.roleName === roleName && use.statementIndex === statement.origin.index),
        }));
      });

  test('are those, with those statements', () => {
    const found = Map.groupBy(statements(), ({ logicalId }) => logicalId);
    const sids = [...found].map(([role, all]) => [role, all.map(({ statement }) => String(statement.Sid)).sort()]);
    expect(Object.fromEntries(sids)).toEqual(STATEMENTS);
  });

  test('allow no action that nobody needs', () => {
    const unused = statements().flatMap(({ name, statement, uses }) =>
      listed(statement.Action)
        .filter((action) => !uses.some((use) => use.action === action))
        .map((action) => `${name}: ${action}`),
    );
    expect(unused).toEqual([]);
  });

  test('name every resource where AWS can judge by it', () => {
    const starred = statements().filter(({ statement }) => listed(statement.Resource).includes('*'));
    expect([...new Set(starred.flatMap(({ statement }) => listed(statement.Action)))].sort()).toEqual(
      WITHOUT_RESOURCES,
    );
  });

  test('are denied a call that was made once any one statement is gone', () => {
    const { iam } = analysis().sandbox;
    const needless = statements().filter(({ roleName, statement, uses }) => {
      const putBack = iam.withoutStatement(roleName, statement.origin.index);
      const roleArn = iam.roles.byName(roleName).arn;
      const caller = { accessKeyId: '', arn: roleArn, roleArn };
      const isDenied = uses.some((use) => iam.denial(caller, { ...use, context: {} }) !== undefined);
      putBack();
      return !isDenied;
    });
    expect(needless.map(({ name }) => name)).toEqual([]);
  });
}
