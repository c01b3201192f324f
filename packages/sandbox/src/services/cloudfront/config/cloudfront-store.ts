import { createHash } from 'node:crypto';
import type { ServiceContext } from '../../../core/service.ts';
import type { Distribution, DistributionConfig, ForwardingPolicy, ResponseHeadersPolicy } from './distribution.ts';
import { MANAGED_POLICIES } from './read-forwarding-policy.ts';
import { MANAGED_RESPONSE_HEADERS } from './read-response-headers-policy.ts';

/** Under this path of the sandbox's endpoint each distribution is reached by its id. */
export const CDN_PATH = '/_cdn/';

export interface EdgeFunctionCode {
  readonly arn: string;
  readonly name: string;
  readonly code: string;
}

/** Distributions, and what they refer to. */
export class CloudFrontStore {
  readonly context: ServiceContext;
  readonly distributions = new Map<string, Distribution>();
  readonly accessControls = new Map<string, string>();
  /** By ARN. */
  readonly functions = new Map<string, EdgeFunctionCode>();
  /** The account's own, over the managed ones. */
  readonly policies = new Map<string, ForwardingPolicy>(MANAGED_POLICIES);
  readonly responseHeaders = new Map<string, ResponseHeadersPolicy>(MANAGED_RESPONSE_HEADERS);

  constructor(context: ServiceContext) {
    this.context = context;
  }

  create(id: string, config: DistributionConfig): Distribution {
    const { accountId, clock } = this.context;
    const distribution: Distribution = {
      id,
      domainName: `d${digits(id).toLowerCase().slice(0, 13)}.cloudfront.net`,
      arn: `arn:aws:cloudfront::${accountId}:distribution/${id}`,
      createdAt: clock.now(),
      config,
    };
    this.distributions.set(id, distribution);
    return distribution;
  }

  byDomain(label: string): Distribution | undefined {
    return [...this.distributions.values()].find(({ domainName }) => domainName.startsWith(`${label}.`));
  }

  /** Throws where a behaviour names a policy, function or access control that is not there. */
  assertKnown({ behaviors, origins }: DistributionConfig): void {
    const check = (what: string, id: string | undefined, known: ReadonlyMap<string, unknown>) => {
      if (id !== undefined && !known.has(id)) throw new Error(`The sandbox has no ${what} ${id}.`);
    };
    for (const behavior of behaviors) {
      check('cache policy', behavior.cachePolicyId, this.policies);
      check('origin request policy', behavior.originRequestPolicyId, this.policies);
      check('response headers policy', behavior.responseHeadersPolicyId, this.responseHeaders);
      check('function', behavior.viewerRequestArn, this.functions);
      check('function', behavior.viewerResponseArn, this.functions);
    }
    for (const { accessControlId } of origins) check('origin access control', accessControlId, this.accessControls);
  }
}

/** Capitals and digits that are the same on every run. */
export function digits(text: string): string {
  const digest = createHash('sha256').update(text).digest('hex');
  return BigInt(`0x${digest}`).toString(36).toUpperCase();
}
