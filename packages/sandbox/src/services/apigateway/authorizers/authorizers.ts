import type { ServiceContext } from '../../../core/service.ts';
import type { Authorization, Exchange } from '../gateway/exchange.ts';
import { internalServerError } from '../gateway/gateway-answer.ts';
import { AuthorizerCache } from './authorizer-cache.ts';
import { authorizeByIam } from './iam-authorizer.ts';
import { IssuerKeys } from './issuer-keys.ts';
import { authorizeByJwt } from './jwt-authorizer.ts';
import { type AuthorizerVerdict, authorizeByFunction } from './request-authorizer.ts';

/** Decides whether a request may go on to its integration. */
export class Authorizers {
  readonly #context: ServiceContext;
  readonly #verdicts: AuthorizerCache<AuthorizerVerdict>;
  readonly #issuerKeys: IssuerKeys;

  constructor(context: ServiceContext) {
    this.#context = context;
    this.#verdicts = new AuthorizerCache(context.clock);
    this.#issuerKeys = new IssuerKeys(context.clock);
  }

  /** What the integration is told of the caller; nothing for an open route. Throws a refusal. */
  async authorize(exchange: Exchange): Promise<Authorization | undefined> {
    const { route, deployed } = exchange;
    if (!route || route.authorizationType === 'NONE') return undefined;
    if (route.authorizationType === 'AWS_IAM') return authorizeByIam(this.#context, exchange);
    const authorizer = deployed.authorizers.get(route.authorizerId ?? '');
    if (!authorizer) throw internalServerError('AUTHORIZER_CONFIGURATION_ERROR');
    return authorizer.authorizerType === 'JWT'
      ? authorizeByJwt(this.#context, this.#issuerKeys, exchange, authorizer)
      : authorizeByFunction(this.#context, this.#verdicts, exchange, authorizer);
  }
}
