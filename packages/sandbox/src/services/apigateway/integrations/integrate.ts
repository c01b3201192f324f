import { ApiError, type ServiceContext } from '../../../core/service.ts';
import type { Exchange } from '../gateway/exchange.ts';
import {
  type GatewayAnswer,
  GatewayRefusal,
  internalServerError,
  serviceUnavailable,
  tooLarge,
} from '../gateway/gateway-answer.ts';
import type { Integration } from '../http-api/http-api.ts';
import { asRestEvent, isBinaryType } from '../rest-api/rest-event.ts';
import { routePathOf } from './event-context.ts';
import { proxyHttp, Unreachable } from './http-proxy.ts';
import { invokeAsGateway, isThrottled } from './invoke-lambda.ts';
import { lambdaEvent } from './lambda-event.ts';
import { lambdaResponse } from './lambda-response.ts';
import { TimedOut, within } from './within.ts';

/** Asks the route's integration; throws a {@link GatewayRefusal} where it fails, and notes why for the access log. */
export async function integrate(context: ServiceContext, exchange: Exchange): Promise<GatewayAnswer> {
  const mock = exchange.route?.rest?.mock;
  if (mock) return { ...mock, cookies: [], body: Buffer.alloc(0) };
  const integration = integrationOf(exchange);
  if (!integration) throw internalServerError();
  const began = performance.now();
  const aborted = new AbortController();
  const work =
    integration.integrationType === 'AWS_PROXY'
      ? askLambda(context, exchange, integration)
      : proxyHttp(exchange, integration, aborted.signal);
  try {
    const answer = await within(context.clock, integration.timeoutMs, work);
    exchange.notes.integrationStatus ??= answer.status;
    exchange.notes.integrationResponseStatus = answer.status;
    return answer;
  } catch (error) {
    aborted.abort();
    throw refusalOf(error, exchange, context);
  } finally {
    exchange.notes.integrationLatencyMs = Math.round(performance.now() - began);
  }
}

function integrationOf({ route, deployed }: Exchange): Integration | undefined {
  const id = route?.target?.replace(/^integrations\//, '');
  return id === undefined ? undefined : deployed.integrations.get(id);
}

async function askLambda(
  context: ServiceContext,
  exchange: Exchange,
  integration: Integration,
): Promise<GatewayAnswer> {
  const { notes } = exchange;
  const result = await invokeAsGateway(context, {
    uri: integration.integrationUri,
    event: exchange.api.rest
      ? asRestEvent(lambdaEvent(exchange, '1.0'), exchange)
      : lambdaEvent(exchange, integration.payloadFormatVersion),
    sourceArn: sourceArn(context, exchange),
    ...(integration.credentialsArn ? { credentialsArn: integration.credentialsArn } : {}),
  });
  notes.integrationStatus = result.statusCode;
  notes.integrationRequestId = result.requestId;
  if (result.functionError) {
    notes.integrationError = `The Lambda function returned the following error: ${messageOf(result.payload)}. Check your Lambda function code and try again.`;
    throw internalServerError();
  }
  try {
    const { rest } = exchange.api;
    const decodes = !rest || isBinaryType(rest.binaryMediaTypes, exchange.headers.accept);
    return lambdaResponse(result.payload, integration.payloadFormatVersion, decodes);
  } catch (error) {
    notes.integrationError = "The response from the Lambda function doesn't match the format that API Gateway expects.";
    throw error;
  }
}

/** `arn:aws:execute-api:<region>:<account>:<api>/<stage>/<method>/<route path>` */
function sourceArn({ region, accountId }: ServiceContext, exchange: Exchange): string {
  const { api, stage, method } = exchange;
  const path = routePathOf(exchange);
  const route = path === '$default' ? '$default' : `${method}${path}`;
  return `arn:aws:execute-api:${region}:${accountId}:${api.apiId}/${stage.stageName}/${route}`;
}

function messageOf(payload: Buffer): string {
  try {
    return String((JSON.parse(payload.toString('utf8')) as { errorMessage?: unknown }).errorMessage);
  } catch {
    return 'unknown';
  }
}

function refusalOf(error: unknown, { notes }: Exchange, context: ServiceContext): GatewayRefusal {
  if (error instanceof GatewayRefusal) return error;
  notes.integrationError ??= error instanceof Error ? error.message : String(error);
  if (isThrottled(error)) return serviceUnavailable('INTEGRATION_THROTTLED');
  if (error instanceof TimedOut) return serviceUnavailable();
  if (error instanceof ApiError) {
    notes.integrationStatus = error.status;
    return error.code === 'RequestTooLargeException' ? tooLarge() : internalServerError();
  }
  if (error instanceof Unreachable) return serviceUnavailable('INTEGRATION_FAILURE');
  // A broken connection, as a fault makes it; anything else is the sandbox's own failure.
  if (!(error instanceof Error) || error.constructor !== Error) context.report(error);
  return internalServerError();
}
