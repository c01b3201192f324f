import { randomUUID } from 'node:crypto';
import type { ServiceContext } from '../../../core/service.ts';
import { invalidParameter } from '../lambda-errors.ts';

/** One thing that is sent to a destination. */
export interface Delivery {
  readonly destinationArn: string;
  /** The function's role: it, not the service, must be allowed to send. */
  readonly roleArn: string;
  readonly body: string;
  /** Message attributes, of SQS and SNS. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Key of the object where the destination is a bucket. */
  readonly objectKey: string;
}

/** Service that a destination ARN belongs to; throws InvalidParameterValueException for one that the sandbox cannot deliver to. */
export function destinationKind(arn: string): 'sqs' | 'sns' | 's3' | 'lambda' | 'events' {
  const service = arn.split(':')[2];
  switch (service) {
    case 'sqs':
    case 'sns':
      if (arn.endsWith('.fifo')) throw invalidParameter(`A FIFO queue or topic cannot be a destination: ${arn}`);
      return service;
    case 's3':
    case 'lambda':
    case 'events':
      return service;
    default:
      throw invalidParameter(`The sandbox cannot deliver to the destination ${arn}.`);
  }
}

/** Delivers as the function's role; throws AccessDeniedException where the role may not, and what the destination throws. */
export async function deliver(context: ServiceContext, delivery: Delivery): Promise<void> {
  const { destinationArn, roleArn, body } = delivery;
  const { peers } = context;
  switch (destinationKind(destinationArn)) {
    case 'sqs':
      peers.iam.assertRoleAllows(roleArn, 'sqs:SendMessage', destinationArn);
      return peers.sqs.send(destinationArn, body, delivery.attributes);
    case 'sns':
      return peers.sns.publish(
        destinationArn,
        { message: body, ...(delivery.attributes ? { attributes: delivery.attributes } : {}) },
        { kind: 'role', roleArn },
      );
    case 's3':
      peers.iam.assertRoleAllows(roleArn, 's3:ListBucket', destinationArn);
      peers.iam.assertRoleAllows(roleArn, 's3:PutObject', `${destinationArn}/${delivery.objectKey}`);
      return peers.s3.put(
        destinationArn.split(':::')[1] as string,
        delivery.objectKey,
        Buffer.from(body),
        'application/json',
      );
    case 'lambda':
      return peers.lambda.invokeAsync({
        functionName: destinationArn,
        payload: Buffer.from(body),
        principal: { kind: 'role', roleArn },
      });
    case 'events':
      throw invalidParameter(`The sandbox cannot deliver a failed batch to ${destinationArn}.`);
  }
}

/** The object key that Lambda gives a failure record, below a prefix of its own. */
export function failureObjectKey(prefix: string, now: number): string {
  const [day, time] = new Date(now).toISOString().slice(0, 19).split('T') as [string, string];
  return `aws/lambda/${prefix}/${day.replaceAll('-', '/')}/${day}T${time.replaceAll(':', '.')}-${randomUUID()}`;
}
