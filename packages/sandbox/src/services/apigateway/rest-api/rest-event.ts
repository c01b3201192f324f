import { matchesWildcard } from '../../../iam/evaluation/wildcard.ts';
import { type Exchange, pathWithinStage } from '../gateway/exchange.ts';

/** Turns an event of format 1.0 into that of a REST API: no version, no stage in the path, bodies by the API's binary types. */
export function asRestEvent(event: Record<string, unknown>, exchange: Exchange): Record<string, unknown> {
  const { version: _, requestContext, ...rest } = event;
  const { authorization, notes, route, wire, api } = exchange;
  const authorizer =
    authorization?.kind === 'lambda'
      ? { ...authorization.context, ...(authorization.principalId ? { principalId: authorization.principalId } : {}) }
      : undefined;
  const { authorizer: _authorizer, identity, ...shared } = requestContext as Record<string, object>;
  const isBinary = isBinaryType(api.rest?.binaryMediaTypes ?? [], wire.headers['content-type']);
  return {
    ...rest,
    path: pathWithinStage(exchange),
    requestContext: {
      ...shared,
      resourceId: route?.rest?.resourceId ?? '',
      identity: { ...identity, ...(notes.apiKey ? { apiKey: notes.apiKey.value, apiKeyId: notes.apiKey.id } : {}) },
      ...(authorizer ? { authorizer } : {}),
    },
    body: wire.body.length === 0 ? null : wire.body.toString(isBinary ? 'base64' : 'utf8'),
    isBase64Encoded: isBinary && wire.body.length > 0,
  };
}

/** Whether a media type is one of the API's binary types. */
export const isBinaryType = (types: readonly string[], type: string | undefined): boolean =>
  type !== undefined && types.some((pattern) => matchesWildcard(pattern, (type.split(/[;,]/)[0] ?? '').trim()));
