import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type QueueAttributeName,
  type SQSClient,
} from '@aws-sdk/client-sqs';

type Attributes<Name extends QueueAttributeName> = Readonly<Partial<Record<Name, string>>>;

/** Attributes of the queue that an ARN names, as SQS tells them: those that are not set are absent. */
export async function queueAttributes<Name extends QueueAttributeName>(
  client: SQSClient,
  arn: string,
  names: readonly Name[],
): Promise<Attributes<Name> & { readonly QueueUrl: string }> {
  const [, , , , QueueOwnerAWSAccountId, QueueName] = arn.split(':');
  const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName, QueueOwnerAWSAccountId }));
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...names] }));
  return { ...(Attributes as Attributes<Name>), QueueUrl: QueueUrl! };
}
