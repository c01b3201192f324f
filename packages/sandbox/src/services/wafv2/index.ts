import { createHash } from 'node:crypto';
import { physicalName } from '../../core/physical-name.ts';
import { jsonService } from '../../core/protocols/json-protocol.ts';
import { refuseUnknownProperties } from '../../core/provided-property.ts';
import { ApiError, type Emulated, type ResourceProvider, type ServiceContext } from '../../core/service.ts';

interface WebAcl {
  readonly Id: string;
  readonly Name: string;
  readonly ARN: string;
  readonly Scope: string;
  /** As the template has them. */
  readonly given: Readonly<Record<string, unknown>>;
}

const KNOWN = ['Name', 'Scope', 'DefaultAction', 'Rules', 'VisibilityConfig', 'Description', 'Tags'];

/** WAF: web ACLs are recorded and can be read. They are not enforced: no request is ever blocked or counted. */
export function createWaf(context: ServiceContext): Emulated {
  const acls = new Map<string, WebAcl>();
  const arnOf = ({ Scope, Name, Id }: Readonly<Record<string, unknown>>) =>
    `arn:aws:wafv2:${context.region}:${context.accountId}:${Scope === 'CLOUDFRONT' ? 'global' : 'regional'}/webacl/${Name}/${Id}`;
  return {
    peer: undefined,
    service: jsonService({
      signingName: 'wafv2',
      targetPrefix: 'AWSWAF_20190729',
      version: '1.1',
      operations: {
        GetWebACL: {
          permissions: (input: Readonly<Record<string, unknown>>) => [
            { action: 'wafv2:GetWebACL', resource: arnOf(input) },
          ],
          handle: ({ Id }: { readonly Id?: string }) => {
            const acl = acls.get(Id ?? '');
            if (!acl)
              throw new ApiError(
                'WAFNonexistentItemException',
                'AWS WAF couldn’t perform the operation because your resource doesn’t exist.',
              );
            const { given, Scope: _, ...named } = acl;
            const { Tags: _tags, ...shown } = given;
            return { WebACL: { ...shown, ...named }, LockToken: acl.Id };
          },
        },
        ListWebACLs: {
          permissions: () => [{ action: 'wafv2:ListWebACLs', resource: '*' }],
          handle: ({ Scope: wanted }: { readonly Scope?: string }) => ({
            WebACLs: [...acls.values()]
              .filter(({ Scope }) => Scope === wanted)
              .map(({ given: _, Scope: _scope, ...named }) => ({ ...named, LockToken: named.Id })),
          }),
        },
      },
      resources: { 'AWS::WAFv2::WebACL': webAclResource(acls, arnOf) },
    }),
  };
}

function webAclResource(
  acls: Map<string, WebAcl>,
  arnOf: (acl: Readonly<Record<string, unknown>>) => string,
): ResourceProvider {
  const put: ResourceProvider['create'] = async (request) => {
    const { properties } = request;
    refuseUnknownProperties('AWS::WAFv2::WebACL', properties, KNOWN);
    const Name = String(properties.Name ?? physicalName(request, 128));
    const Scope = String(properties.Scope);
    const hex = createHash('sha256').update(`${Scope}/${Name}`).digest('hex');
    const Id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
    const acl = { Id, Name, Scope, ARN: arnOf({ Scope, Name, Id }), given: properties };
    acls.set(Id, acl);
    return { ref: `${Name}|${Id}|${Scope}`, attributes: { Arn: acl.ARN, Id } };
  };
  return {
    create: put,
    update: (_created, request) => put(request),
    async delete({ ref }) {
      acls.delete(ref.split('|')[1] ?? '');
    },
  };
}
