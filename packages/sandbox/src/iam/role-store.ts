import { ApiError } from '../core/service.ts';
import { type PolicyDocument, type PolicyStatement, statementsOf } from './policies/policy-document.ts';

export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  readonly path: string;
  readonly trust: PolicyDocument;
  readonly maxSessionSeconds: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  /** Inline policies by name. */
  readonly inline: Map<string, PolicyDocument>;
  /** ARNs of attached managed policies. */
  readonly attached: Set<string>;
}

/** A statement in force for a role. `index` counts over all its policies: inline ones first, then attached ones. */
export type RoleStatement = PolicyStatement & {
  readonly origin: { readonly roleName: string; readonly policyName: string; readonly index: number };
};

/** Roles and managed policies of the account. */
export class RoleStore {
  readonly #roles = new Map<string, Role>();
  readonly #managed = new Map<string, PolicyDocument>();
  readonly #removed = new Map<string, Set<number>>();
  /** Every call of a function asks for its role's statements: they are listed anew only when a policy of the role is another. */
  readonly #listed = new WeakMap<
    Role,
    { readonly documents: readonly PolicyDocument[]; readonly statements: readonly RoleStatement[] }
  >();

  add(role: Role): void {
    if (this.#roles.has(role.name))
      throw new ApiError('EntityAlreadyExists', `Role with name ${role.name} already exists.`, 409);
    this.#roles.set(role.name, role);
  }

  remove(name: string): void {
    this.#roles.delete(name);
    this.#removed.delete(name);
  }

  list(): readonly Role[] {
    return [...this.#roles.values()];
  }

  byName(name: string): Role {
    const role = this.#roles.get(name);
    if (!role) throw new ApiError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);
    return role;
  }

  has(arn: string): boolean {
    return this.#roles.get(arn.slice(arn.lastIndexOf('/') + 1))?.arn === arn;
  }

  byArn(arn: string): Role {
    const role = this.#roles.get(arn.slice(arn.lastIndexOf('/') + 1));
    if (role?.arn !== arn) throw new ApiError('NoSuchEntity', `The role with ARN ${arn} cannot be found.`, 404);
    return role;
  }

  addManagedPolicy(arn: string, document: PolicyDocument): void {
    this.#managed.set(arn, document);
  }

  removeManagedPolicy(arn: string): void {
    this.#managed.delete(arn);
    for (const role of this.#roles.values()) role.attached.delete(arn);
  }

  managedPolicy(arn: string): PolicyDocument {
    const document = this.#managed.get(arn);
    if (!document) throw new ApiError('NoSuchEntity', `The sandbox does not know the managed policy ${arn}.`, 404);
    return document;
  }

  /** Every statement of the role's policies, those taken out by {@link without} included. */
  allStatements(role: Role): readonly RoleStatement[] {
    const policies = [
      ...role.inline,
      ...[...role.attached].map((arn) => [arn.slice(arn.lastIndexOf('/') + 1), this.managedPolicy(arn)] as const),
    ];
    const documents = policies.map(([, document]) => document);
    const listed = this.#listed.get(role);
    if (listed?.documents.length === documents.length && listed.documents.every((each, at) => each === documents[at])) {
      return listed.statements;
    }
    const statements = policies
      .flatMap(([policyName, document]) => statementsOf(document).map((statement) => ({ policyName, statement })))
      .map(({ policyName, statement }, index) => ({
        ...statement,
        origin: { roleName: role.name, policyName, index },
      }));
    this.#listed.set(role, { documents, statements });
    return statements;
  }

  /** The statements in force. */
  statements(role: Role): readonly RoleStatement[] {
    const removed = this.#removed.get(role.name);
    return removed
      ? this.allStatements(role).filter(({ origin }) => !removed.has(origin.index))
      : this.allStatements(role);
  }

  /** Takes one statement, by Sid or index, out of force; returns what puts it back. */
  without(roleName: string, statement: string | number): () => void {
    const found = this.allStatements(this.byName(roleName)).find(
      ({ Sid, origin }) => statement === origin.index || (typeof statement === 'string' && statement === Sid),
    );
    if (!found) throw new Error(`Role ${roleName} has no statement ${statement}.`);
    const removed = this.#removed.get(roleName) ?? new Set();
    this.#removed.set(roleName, removed.add(found.origin.index));
    return () => void removed.delete(found.origin.index);
  }
}
