import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Sandbox } from '@lamplighter/sandbox';
import { strToU8, zipSync } from 'fflate';

/** A tiny function of somebody else, deployed beside Lamplighter; gives what invokes it and answers with the request id. */
export async function deployWatchedFunction(sandbox: Sandbox, name: string): Promise<() => Promise<string>> {
  const code = zipSync({
    'index.js': strToU8("exports.handler = async ({ guest }) => { console.log('welcome', guest); };"),
  });
  await sandbox.deployTemplate({
    stackName: name,
    artifact: async () => Buffer.from(code),
    template: {
      Resources: {
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: {
            AssumeRolePolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
              ],
            },
            ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
          },
        },
        Function: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            FunctionName: name,
            Runtime: 'nodejs24.x',
            Handler: 'index.handler',
            Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
            Code: { S3Bucket: 'artifacts', S3Key: `${name}.zip` },
          },
        },
      },
    },
  });
  return async () => {
    const { $metadata } = await sandbox
      .client(LambdaClient)
      .send(new InvokeCommand({ FunctionName: name, Payload: '{"guest":"Ada"}' }));
    return $metadata.requestId!;
  };
}
