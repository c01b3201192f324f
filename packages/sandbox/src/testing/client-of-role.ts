import { type PolicyStatement, parsePolicyDocument } from '../iam/policies/policy-document.ts';
import type { ClientSettings, Sandbox } from '../sandbox.ts';

let roles = 0;

/** An SDK client that acts as a new role which has these statements alone. */
export async function clientOfRole<C>(
  sandbox: Sandbox,
  Client: new (settings: ClientSettings) => C,
  statements: readonly PolicyStatement[],
): Promise<C> {
  const name = `test-role-${++roles}`;
  const arn = `arn:aws:iam::${sandbox.accountId}:role/${name}`;
  sandbox.iam.roles.add({
    name,
    arn,
    id: `AROATEST${roles}`,
    path: '/',
    trust: parsePolicyDocument({ Statement: [] }),
    maxSessionSeconds: 3600,
    tags: {},
    createdAt: sandbox.clock.now(),
    inline: new Map([['test', { Version: '2012-10-17', Statement: statements }]]),
    attached: new Set(),
  });
  return sandbox.client(Client, { credentials: sandbox.iam.issueCredentials(arn, 'test') });
}
