import type { Stack } from '../cloudformation/stack.ts';
import type { Sandbox } from '../sandbox.ts';

/** A function as small as can be. */
export interface SmallFunction {
  readonly name: string;
  /** CommonJS that sets `exports.handler`; one that answers `{}` where absent. */
  readonly code?: string;
  /** 128 where absent. */
  readonly memorySizeMb?: number;
  /** 3 where absent. */
  readonly timeoutS?: number;
  /** Text where absent. */
  readonly logFormat?: 'Text' | 'JSON';
}

const IDLE = 'exports.handler = async () => ({});';
const TRUST = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };

/** Deploys a stack of one function, named like it, whose role may write its log and nothing else. */
export function deployFunction(
  sandbox: Sandbox,
  { name, code = IDLE, memorySizeMb = 128, timeoutS = 3, logFormat = 'Text' }: SmallFunction,
): Promise<Stack> {
  const role = {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [TRUST] },
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
    },
  };
  const lambda = {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: name,
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      MemorySize: memorySizeMb,
      Timeout: timeoutS,
      LoggingConfig: { LogFormat: logFormat },
      Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Code: { ZipFile: code },
    },
  };
  return sandbox.deployTemplate({ stackName: name, template: { Resources: { Role: role, Function: lambda } } });
}
