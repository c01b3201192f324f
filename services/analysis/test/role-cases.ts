import { expect, test } from '@jest/globals';
import {
  grantedStatements,
  needlessStatements,
  sidsByRole,
  unboundedActions,
  unusedActions,
} from '@lamplighter/sandbox/least-privilege';
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
  QueryFindingsRole: ['ListChanges', 'ListFindings', 'ReadFindings', 'WriteOwnLog'],
};
/** Without resource-level permissions: Service Authorization Reference of CloudWatch, X-Ray and Lambda. */
const WITHOUT_RESOURCES = [
  'cloudwatch:GetMetricData',
  'lambda:ListEventSourceMappings',
  'xray:BatchGetTraces',
  'xray:GetTraceSummaries',
];

/** What the roles of the packaged stack must hold to, after everything that they are for has happened. */
export function roleCases(analysis: () => Analysis): void {
  const granted = () => grantedStatements(analysis().sandbox, analysis().stack);

  test('are those, with those statements', () => {
    expect(sidsByRole(analysis().sandbox, analysis().stack)).toEqual(STATEMENTS);
  });

  test('allow no action that nobody needs', () => {
    expect(unusedActions(granted())).toEqual([]);
  });

  test('name every resource where AWS can judge by it', () => {
    expect(unboundedActions(granted())).toEqual(WITHOUT_RESOURCES);
  });

  test('are denied a call that was made once any one statement is gone', () => {
    expect(needlessStatements(analysis().sandbox, granted())).toEqual([]);
  });
}
