import type { RoleStatement } from '../role-store.ts';

/** A statement that allowed a request, and what for. */
export interface StatementUse {
  readonly roleName: string;
  readonly policyName: string;
  /** Over all policies of the role, as `withoutStatement` takes it. */
  readonly statementIndex: number;
  readonly sid?: string;
  readonly action: string;
  readonly resource: string;
}

/** A busy run touches a new object key in every call: beyond this many kinds, further resources of a statement are not listed. */
const MOST_USES = 20_000;

/** Remembers which statements allowed what, so that a test can find those that nothing needs. */
export class PolicyUsage {
  readonly #uses = new Map<string, StatementUse>();

  record(statement: RoleStatement, action: string, resource: string): void {
    const { roleName, policyName, index } = statement.origin;
    const key = `${roleName}\n${index}\n${action}\n${resource}`;
    if (this.#uses.has(key) || this.#uses.size >= MOST_USES) return;
    const sid = statement.Sid === undefined ? {} : { sid: statement.Sid };
    this.#uses.set(key, { roleName, policyName, statementIndex: index, ...sid, action, resource });
  }

  list(): readonly StatementUse[] {
    return [...this.#uses.values()];
  }
}
