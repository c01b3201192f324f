import { ApiError, type ServiceContext } from '../../../core/service.ts';
import type { InvokeResult } from '../../lambda/lambda-peer.ts';
import { badRequest } from '../http-api/api-errors.ts';

export interface GatewayInvocation {
  /** Function ARN, or `arn:aws:apigateway:<region>:lambda:path/2015-03-31/functions/<function ARN>/invocations`. */
  readonly uri: string;
  readonly event: unknown;
  /** What the function's policy is asked about: `arn:aws:execute-api:…`. */
  readonly sourceArn: string;
  readonly credentialsArn?: string;
}

/** Invokes a function as API Gateway: let by the function's policy, or as a role that it may assume. */
export async function invokeAsGateway(context: ServiceContext, invocation: GatewayInvocation): Promise<InvokeResult> {
  const { uri, event, sourceArn, credentialsArn } = invocation;
  const { peers, accountId } = context;
  if (credentialsArn) peers.iam.assertServiceMayAssume(credentialsArn, 'apigateway.amazonaws.com');
  return peers.lambda.invoke({
    functionName: functionOf(uri),
    payload: Buffer.from(JSON.stringify(event)),
    principal: credentialsArn
      ? { kind: 'role', roleArn: credentialsArn }
      : { kind: 'service', service: 'apigateway.amazonaws.com', sourceArn, sourceAccount: accountId },
  });
}

/** Throws BadRequestException where a URI names no function. */
export function functionOf(uri: string): string {
  const inPath = /:lambda:path\/[^/]+\/functions\/(arn:[^/]+)\/invocations$/.exec(uri)?.[1];
  if (inPath) return inPath;
  if (/^arn:[a-z-]+:lambda:/.test(uri)) return uri;
  throw badRequest(`The sandbox cannot integrate ${uri}: it names no Lambda function.`);
}

export const isThrottled = (error: unknown): boolean =>
  error instanceof ApiError && error.code === 'TooManyRequestsException';
