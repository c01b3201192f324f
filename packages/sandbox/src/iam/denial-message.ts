/** Why a request was denied, in the words of IAM. */
export type DenialReason =
  | 'no-identity-policy'
  | 'identity-deny'
  | 'resource-deny'
  | 'no-resource-policy'
  | 'no-session-policy';

const REASONS: Readonly<Record<DenialReason, (action: string) => string>> = {
  'no-identity-policy': (action) => `because no identity-based policy allows the ${action} action`,
  'identity-deny': () => 'with an explicit deny in an identity-based policy',
  'resource-deny': () => 'with an explicit deny in a resource-based policy',
  'no-session-policy': (action) => `because no session policy allows the ${action} action`,
  'no-resource-policy': (action) => `because no resource-based policy allows the ${action} action`,
};

/** Source: IAM User Guide, "Troubleshoot access denied error messages". */
export function denialMessage(
  callerArn: string,
  permission: { readonly action: string; readonly resource: string },
  reason: DenialReason,
): string {
  const { action, resource } = permission;
  return `User: ${callerArn} is not authorized to perform: ${action} on resource: ${resource} ${REASONS[reason](action)}`;
}
