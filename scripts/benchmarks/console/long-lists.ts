import { AnomalyDetected } from '../../../packages/contracts/src/index.ts';
import type { Template } from '../../../packages/sandbox/src/index.ts';

interface QueryFunction {
  readonly stackName: string;
  readonly template: Template;
}

/** Query functions of analysis and ingestion that answer from a list of any length: more than a benchmark can cause. */
export const longLists = (findings: number, functions: number): readonly QueryFunction[] => [
  queryFunction(
    'lamplighter-analysis-dev-query-findings',
    `
const example = ${JSON.stringify(AnomalyDetected.example.finding)};
const at = (index) => ({ ...example, findingId: 'finding-' + index, title: index + ': ' + example.title, state: index < 3 ? 'open' : 'resolved' });
const list = (from, to) => Array.from({ length: to - from }, (_, index) => at(from + index));
exports.handler = async ({ kind, limit = 50, cursor = '0' }) => {
  if (kind === 'open') return { kind: 'findings', findings: list(0, 3) };
  const from = Number(cursor);
  const to = Math.min(from + limit, ${findings});
  return { kind: 'findings', findings: list(from, to), ...(to < ${findings} && { cursor: String(to) }) };
};`,
  ),
  queryFunction(
    'lamplighter-ingestion-dev-query-audit',
    `
const at = (index) => ({ functionName: 'shop-function-' + index, accountId: '123456789012', region: 'us-east-1', logGroup: '/aws/lambda/shop-function-' + index });
exports.handler = async ({ kind, limit = 1000 }) => {
  if (kind === 'windows') return { kind: 'windows', windows: [] };
  if (kind === 'completeness') return { kind: 'completeness', hours: [] };
  return { kind: 'functions', functions: Array.from({ length: Math.min(limit, ${functions}) }, (_, index) => at(index)) };
};`,
  ),
];

function queryFunction(functionName: string, code: string): QueryFunction {
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const AssumeRolePolicyDocument = { Version: '2012-10-17', Statement: [trust] };
  const Properties = {
    FunctionName: functionName,
    Runtime: 'nodejs24.x',
    Handler: 'index.handler',
    MemorySize: 512,
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Code: { ZipFile: code },
  };
  return {
    stackName: functionName,
    template: {
      Resources: {
        Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument } },
        Function: { Type: 'AWS::Lambda::Function', Properties },
      },
    },
  };
}
