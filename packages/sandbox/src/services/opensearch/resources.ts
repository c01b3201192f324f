import { refuseUnknownProperties } from '../../core/provided-property.ts';
import type { CreatedResource, ResourceProvider, ResourceRequest } from '../../core/service.ts';
import type { AccessStatement, Collections } from './collections.ts';

const TYPE = 'AWS::OpenSearchServerless';
/** OCUs that a group may be limited to, besides 0 as its least. Source: OpenSearch Serverless, collection group capacity limits. */
const CAPACITIES = [1, 2, 4, 8, 16];

/** What CloudFormation makes of OpenSearch Serverless. */
export const searchResources = (collections: Collections): Readonly<Record<string, ResourceProvider>> => ({
  [`${TYPE}::Collection`]: collectionResource(collections),
  [`${TYPE}::CollectionGroup`]: groupResource(collections),
  [`${TYPE}::SecurityPolicy`]: policyResource('SecurityPolicy', ({ Name, Type, Policy }) => {
    const [kept, rules] = securityRules(collections, String(Type), JSON.parse(String(Policy)));
    kept.set(String(Name), rules);
    return () => kept.delete(String(Name));
  }),
  [`${TYPE}::AccessPolicy`]: policyResource('AccessPolicy', ({ Name, Policy }) => {
    collections.access.set(String(Name), JSON.parse(String(Policy)) as AccessStatement[]);
    return () => collections.access.delete(String(Name));
  }),
});

function collectionResource(collections: Collections): ResourceProvider {
  return {
    async create({ properties }) {
      const known = ['Name', 'Type', 'Description', 'CollectionGroupName', 'StandbyReplicas', 'Tags'];
      refuseUnknownProperties(`${TYPE}::Collection`, properties, known);
      const { Name, Type, CollectionGroupName: group } = properties;
      if (Type !== 'SEARCH') throw new Error(`The sandbox does not emulate collections of type ${String(Type)}.`);
      if (group !== undefined && !collections.groups.has(String(group)))
        throw new Error(`There is no collection group ${String(group)}.`);
      const { id, arn } = collections.create(String(Name));
      const attributes = { Id: id, Arn: arn, Name: String(Name), CollectionEndpoint: collections.endpointOf(id) };
      return { ref: id, attributes };
    },
    async delete({ ref }) {
      collections.delete(ref);
    },
  };
}

function groupResource({ groups }: Collections): ResourceProvider {
  return {
    async create({ properties }) {
      const known = ['Name', 'Generation', 'StandbyReplicas', 'CapacityLimits', 'Description', 'Tags'];
      refuseUnknownProperties(`${TYPE}::CollectionGroup`, properties, known);
      const limits = (properties.CapacityLimits ?? {}) as Readonly<Record<string, unknown>>;
      for (const [name, units] of Object.entries(limits))
        if (!CAPACITIES.includes(Number(units)) && !(name.startsWith('Min') && Number(units) === 0))
          throw new Error(`${name} of a collection group cannot be ${String(units)}.`);
      groups.add(String(properties.Name));
      return { ref: String(properties.Name), attributes: { Name: String(properties.Name) } };
    },
    async delete({ ref }) {
      groups.delete(ref);
    },
  };
}

type Given = Readonly<Record<string, unknown>>;

function policyResource(type: string, put: (properties: Given) => () => void): ResourceProvider {
  const undo = new Map<string, () => void>();
  const provide = async ({ properties }: ResourceRequest): Promise<CreatedResource> => {
    refuseUnknownProperties(`${TYPE}::${type}`, properties, ['Name', 'Type', 'Description', 'Policy']);
    const ref = `${String(properties.Type)}/${String(properties.Name)}`;
    undo.set(ref, put(properties));
    return { ref };
  };
  return {
    create: provide,
    update: (_created, request) => provide(request),
    async delete({ ref }) {
      undo.get(ref)?.();
    },
  };
}

/** Rules of an encryption policy, or of a network policy that opens collections to the internet. */
function securityRules({ encryption, publicNetwork }: Collections, type: string, policy: unknown) {
  if (type === 'encryption') {
    const { Rules, AWSOwnedKey } = policy as { Rules: []; AWSOwnedKey?: boolean };
    if (AWSOwnedKey !== true) throw new Error('The sandbox emulates encryption with AWS’s own key alone.');
    return [encryption, Rules] as const;
  }
  const [statement, ...more] = policy as { Rules: []; AllowFromPublic?: boolean }[];
  if (type !== 'network' || statement?.AllowFromPublic !== true || more.length > 0)
    throw new Error('The sandbox emulates network policies of one statement with AllowFromPublic alone.');
  return [publicNetwork, statement.Rules] as const;
}
