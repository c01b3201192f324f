import { createHash } from 'node:crypto';
import { ApiError, type ServiceContext } from '../../core/service.ts';
import type { DocumentIndex } from './document-index.ts';

export interface Collection {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly indexes: Map<string, DocumentIndex>;
}

interface AccessRule {
  readonly ResourceType: string;
  readonly Resource: readonly string[];
  readonly Permission: readonly string[];
}

/** A statement of a data access policy. */
export interface AccessStatement {
  readonly Rules: readonly AccessRule[];
  readonly Principal: readonly string[];
}

interface SecurityRule {
  readonly ResourceType: string;
  readonly Resource: readonly string[];
}

/** Collections with the policies that encrypt, open and share them. */
export class Collections {
  readonly #context: ServiceContext;
  readonly #byId = new Map<string, Collection>();
  readonly groups = new Set<string>();
  /** Rules of policies by the policy's name. */
  readonly encryption = new Map<string, readonly SecurityRule[]>();
  readonly publicNetwork = new Map<string, readonly SecurityRule[]>();
  readonly access = new Map<string, readonly AccessStatement[]>();

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  /** A collection, which needs an encryption policy before. */
  create(name: string): Collection {
    if (!covers(this.encryption, `collection/${name}`))
      throw new ApiError(
        'ValidationException',
        `No matching security policy of encryption type found for collection name: ${name}. Please create security policy of encryption type for this collection.`,
      );
    const id = createHash('sha256').update(name).digest('hex').slice(0, 20);
    const arn = this.arnOf(id);
    const collection = { id, name, arn, indexes: new Map<string, DocumentIndex>() };
    this.#byId.set(id, collection);
    return collection;
  }

  arnOf(id: string): string {
    return `arn:aws:aoss:${this.#context.region}:${this.#context.accountId}:collection/${id}`;
  }

  /** On AWS a host of its own, here a path of the sandbox's port. */
  endpointOf(id: string): string {
    return `${this.#context.endpoint()}/_aoss/${id}`;
  }

  delete(id: string): void {
    this.#byId.delete(id);
  }

  /** The collection, where its policies let the caller do this to an index. */
  openFor(
    caller: string,
    permission: string,
    { id, index }: { readonly id: string; readonly index: string },
  ): Collection {
    const collection = this.#byId.get(id);
    if (collection === undefined) throw new ApiError('not_found', `There is no collection ${id}.`, 404);
    const { name } = collection;
    const isOpen = covers(this.publicNetwork, `collection/${name}`);
    const isAllowed = [...this.access.values()].flat().some((statement) => {
      const rules = statement.Rules.filter(({ Permission }) => grants(Permission, permission));
      return statement.Principal.includes(caller) && matches(rules, `index/${name}/${index}`);
    });
    if (isOpen && isAllowed) return collection;
    throw new ApiError(
      'forbidden',
      `${caller} may not ${permission} on index/${name}/${index}: see its policies.`,
      403,
    );
  }
}

const grants = (permissions: readonly string[], wanted: string): boolean =>
  permissions.includes(wanted) || permissions.includes('aoss:*');

const covers = (policies: ReadonlyMap<string, readonly SecurityRule[]>, resource: string): boolean =>
  [...policies.values()].some((rules) => matches(rules, resource));

const matches = (rules: readonly SecurityRule[], resource: string): boolean =>
  rules.some(
    ({ ResourceType, Resource }) =>
      resource.startsWith(`${ResourceType}/`) && Resource.some((pattern) => isMatched(pattern, resource)),
  );

/** A star stands at the end only. */
const isMatched = (pattern: string, resource: string): boolean =>
  pattern.endsWith('*') ? resource.startsWith(pattern.slice(0, -1)) : pattern === resource;
