import { CreateAliasCommand, LambdaClient, PublishVersionCommand } from '@aws-sdk/client-lambda';
import { deployFunction, type Sandbox, type SmallFunction } from '@lamplighter/sandbox';

/** A tiny function of somebody else, deployed beside Lamplighter. */
export async function deployWatchedFunction(sandbox: Sandbox, watched: SmallFunction): Promise<void> {
  await deployFunction(sandbox, { memorySizeMb: 256, ...watched });
}

/** The same with a version behind the alias `live`. */
export async function deployAliasedFunction(sandbox: Sandbox, name: string): Promise<void> {
  await deployWatchedFunction(sandbox, { name });
  const lambda = sandbox.client(LambdaClient);
  const { Version: FunctionVersion } = await lambda.send(new PublishVersionCommand({ FunctionName: name }));
  await lambda.send(new CreateAliasCommand({ FunctionName: name, Name: 'live', FunctionVersion }));
}
