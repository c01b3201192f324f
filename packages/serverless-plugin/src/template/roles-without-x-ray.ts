import type { CompiledResource, CompiledTemplate } from './woven-template.ts';

/** Of these functions, by their logical ids, those whose role the template does not show to let X-Ray in: it is named, or another plugin made it. */
export function rolesWithoutXRay(template: CompiledTemplate, functionIds: readonly string[]): readonly string[] {
  return functionIds.filter((id) => {
    const fn = template.Resources[id];
    return fn !== undefined && !letsXRayIn(template, roleOf(fn));
  });
}

/** Its logical id, where the stack has it: the frameworks refer to it so, whatever the service wrote. */
function roleOf({ Properties }: CompiledResource): string | undefined {
  const arn = (Properties?.Role as { readonly 'Fn::GetAtt'?: unknown } | undefined)?.['Fn::GetAtt'];
  return Array.isArray(arn) ? String(arn[0]) : undefined;
}

/** By its own statements, a managed policy, or a policy of the stack that names it. */
function letsXRayIn({ Resources }: CompiledTemplate, roleId: string | undefined): boolean {
  const role = roleId === undefined ? undefined : Resources[roleId];
  if (role === undefined) return false;
  const policies = Object.values(Resources).filter(
    ({ Type, Properties }) =>
      POLICIES.includes(Type) && JSON.stringify(Properties?.Roles ?? []).includes(`"${roleId}"`),
  );
  return [role, ...policies].some(({ Properties }) => X_RAY.test(JSON.stringify(Properties ?? {})));
}

const POLICIES = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'];
/** `xray:PutTraceSegments`, `xray:*`, `AWSXRayDaemonWriteAccess`, `AWSXrayWriteOnlyAccess`; or every action. */
const X_RAY = /"xray:(Put|\*)|AWSX[Rr]ay|"Action":(\["\*"\]|"\*")/;
