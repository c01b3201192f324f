import { ApiError, type Caller, type ServiceContext } from '../../../core/service.ts';
import { SignatureError } from '../../../core/sigv4/signature-error.ts';
import { readSignedRequest } from '../../../core/sigv4/signed-request.ts';
import type { Authorization, Exchange } from '../gateway/exchange.ts';
import { forbidden } from '../gateway/gateway-answer.ts';
import { routeArn } from './route-arn.ts';

/** Verifies that the request is signed for `execute-api`, and that its signer may invoke the route. Throws a refusal (403). */
export function authorizeByIam(context: ServiceContext, exchange: Exchange): Authorization {
  try {
    const caller = signerOf(context, exchange);
    const denial = context.peers.iam.denial(caller, {
      action: 'execute-api:Invoke',
      resource: routeArn(context, exchange),
    });
    if (denial) throw new SignatureError('mismatch', denial);
    const callerId = caller.arn.split('/').slice(1).join(':') || context.accountId;
    const { accessKeyId: accessKey, arn: userArn } = caller;
    return { kind: 'iam', accessKey, accountId: context.accountId, callerId, userArn, userId: callerId };
  } catch (error) {
    if (!(error instanceof SignatureError || error instanceof ApiError)) throw error;
    exchange.notes.authorizerError = error.message;
    throw forbidden();
  }
}

function signerOf({ peers, region }: ServiceContext, { wire }: Exchange): Caller {
  const signed = readSignedRequest(wire);
  if (signed.signingName !== 'execute-api' || signed.region !== region) {
    throw new SignatureError('mismatch', `Credential should be scoped to execute-api in ${region}.`);
  }
  return peers.iam.authenticate(wire);
}
