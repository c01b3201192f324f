import { createHash } from 'node:crypto';
import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { ResourceProvider, ResourceRequest } from '../../../core/service.ts';
import { badRequest } from '../http-api/api-errors.ts';
import { type ApiStore, gatewayId } from '../http-api/api-store.ts';
import { defined, flag, oneOf, refuseOthers, textOf } from '../http-api/property-values.ts';
import type { UsagePlan } from './rest-api.ts';

type Given = Readonly<Record<string, unknown>>;

/** `StageKeys` admits nobody, since there are usage plans; osls writes them still. */
const KEY_MEMBERS = ['Name', 'Description', 'Enabled', 'Value', 'StageKeys', 'Tags'];

/** `AWS::ApiGateway::ApiKey` */
export function apiKeyResource(store: ApiStore): ResourceProvider {
  const put = (id: string, { properties }: ResourceRequest) => {
    refuseUnknownProperties('AWS::ApiGateway::ApiKey', properties, KEY_MEMBERS);
    store.usage.keys.set(id, {
      id,
      name: textOf(properties.Name) ?? id,
      value: textOf(properties.Value) ?? createHash('sha256').update(id).digest('base64url').slice(0, 40),
      isEnabled: flag(properties.Enabled),
      createdAt: store.context.clock.now(),
    });
    return { ref: id, attributes: { APIKeyId: id } };
  };
  return {
    create: async (request) => put(gatewayId(request, 10), request),
    update: async ({ ref }, request) => put(ref, request),
    async delete({ ref }) {
      store.usage.keys.delete(ref);
    },
  };
}

/** `AWS::ApiGateway::UsagePlan` */
export function usagePlanResource(store: ApiStore): ResourceProvider {
  const put = (id: string, { properties }: ResourceRequest) => {
    const known = ['UsagePlanName', 'Description', 'ApiStages', 'Quota', 'Throttle', 'Tags'];
    refuseUnknownProperties('AWS::ApiGateway::UsagePlan', properties, known);
    const throttle = properties.Throttle as Given | undefined;
    const quota = properties.Quota as Given | undefined;
    if (quota) refuseOthers('Quota', quota, ['Limit', 'Period']);
    const plan = {
      id,
      name: textOf(properties.UsagePlanName) ?? id,
      apiStages: ((properties.ApiStages ?? []) as readonly Given[]).map((one) => {
        refuseOthers('ApiStages', one, ['ApiId', 'Stage']);
        return { apiId: String(one.ApiId), stage: String(one.Stage) };
      }),
      throttle: throttle && { rate: Number(throttle.RateLimit ?? 0), burst: Number(throttle.BurstLimit ?? 0) },
      quota: quota && { limit: Number(quota.Limit), period: oneOf('Period', quota.Period, ['DAY', 'WEEK', 'MONTH']) },
      keyIds: store.usage.plans.get(id)?.keyIds ?? new Set<string>(),
    };
    store.usage.plans.set(id, defined(plan) as UsagePlan);
    return { ref: id, attributes: { Id: id } };
  };
  return {
    create: async (request) => put(gatewayId(request, 7), request),
    update: async ({ ref }, request) => put(ref, request),
    async delete({ ref }) {
      store.usage.plans.delete(ref);
    },
  };
}

/** `AWS::ApiGateway::UsagePlanKey` */
export function usagePlanKeyResource({ usage }: ApiStore): ResourceProvider {
  const change = (planId: string, edit: (keyIds: Set<string>) => void) => {
    const plan = usage.plans.get(planId);
    if (!plan) return false;
    const keyIds = new Set(plan.keyIds);
    edit(keyIds);
    usage.plans.set(planId, { ...plan, keyIds });
    return true;
  };
  return {
    async create({ properties }) {
      refuseUnknownProperties('AWS::ApiGateway::UsagePlanKey', properties, ['KeyId', 'KeyType', 'UsagePlanId']);
      const [keyId, planId] = [String(properties.KeyId), String(properties.UsagePlanId)];
      if (!usage.keys.has(keyId) || !change(planId, (keyIds) => keyIds.add(keyId))) {
        throw badRequest(`Invalid API key or usage plan: ${keyId}, ${planId}.`);
      }
      return { ref: `${keyId}:${planId}`, attributes: { Id: `${keyId}:${planId}` } };
    },
    async delete({ ref }) {
      const [keyId = '', planId = ''] = ref.split(':');
      change(planId, (keyIds) => keyIds.delete(keyId));
    },
  };
}
