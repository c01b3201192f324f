import { CreateAliasCommand, LambdaClient, PublishVersionCommand } from '@aws-sdk/client-lambda';
import type { Sandbox } from '@lamplighter/sandbox';
import { strToU8, zipSync } from 'fflate';

export interface WatchedFunction {
  readonly name: string;
  readonly memorySizeMb?: number;
  readonly timeoutS?: number;
}

/** A tiny function of somebody else, deployed beside Lamplighter. */
export async function deployWatchedFunction(
  sandbox: Sandbox,
  { name, memorySizeMb = 256, timeoutS = 3 }: WatchedFunction,
): Promise<void> {
  const code = zipSync({ 'index.js': strToU8('exports.handler = async () => ({});') });
  const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' };
  await sandbox.deployTemplate({
    stackName: name,
    artifact: async () => Buffer.from(code),
    template: {
      Resources: {
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: {
            AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] },
            ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
          },
        },
        Function: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            FunctionName: name,
            Runtime: 'nodejs24.x',
            Handler: 'index.handler',
            MemorySize: memorySizeMb,
            Timeout: timeoutS,
            Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
            Code: { S3Bucket: 'artifacts', S3Key: `${name}.zip` },
          },
        },
      },
    },
  });
}

/** The same with a version behind the alias `live`. */
export async function deployAliasedFunction(sandbox: Sandbox, name: string): Promise<void> {
  await deployWatchedFunction(sandbox, { name });
  const lambda = sandbox.client(LambdaClient);
  const { Version: FunctionVersion } = await lambda.send(new PublishVersionCommand({ FunctionName: name }));
  await lambda.send(new CreateAliasCommand({ FunctionName: name, Name: 'live', FunctionVersion }));
}
