import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { deployFunction, type Sandbox } from '@lamplighter/sandbox';

/** A tiny function of somebody else, deployed beside Lamplighter; gives what invokes it and answers with the request id. */
export async function deployWatchedFunction(sandbox: Sandbox, name: string): Promise<() => Promise<string>> {
  await deployFunction(sandbox, {
    name,
    code: "exports.handler = async ({ guest }) => { console.log('welcome', guest); };",
  });
  return async () => {
    const { $metadata } = await sandbox
      .client(LambdaClient)
      .send(new InvokeCommand({ FunctionName: name, Payload: '{"guest":"Ada"}' }));
    return $metadata.requestId!;
  };
}
