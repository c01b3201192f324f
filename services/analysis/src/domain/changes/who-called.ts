import type { FunctionChange } from '@lamplighter/contracts';
import * as z from 'zod';

/** What CloudTrail tells of a caller. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
const Identity = z.object({
  type: z.string().optional(),
  arn: z.string().optional(),
  userName: z.string().optional(),
  principalId: z.string().optional(),
  invokedBy: z.string().optional(),
});
/** A caller of another shape is not known; what was done still is. */
export const Caller = z.object({
  userIdentity: Identity.optional().catch(undefined),
  sourceIPAddress: z.string().optional().catch(undefined),
});

/** Who made a call, and the service that made it for them: `deployer/anna`, `cloudformation.amazonaws.com`. */
export function whoCalled({
  userIdentity = {},
  sourceIPAddress,
}: z.infer<typeof Caller>): Pick<FunctionChange, 'by' | 'via'> {
  const { type, arn, userName, principalId, invokedBy } = userIdentity;
  const isRoot = type === 'Root' || arn?.endsWith(':root') === true;
  const who = isRoot ? 'root' : (sessionOf(arn) ?? userName ?? arn ?? principalId);
  const service = invokedBy ?? (sourceIPAddress?.endsWith('.amazonaws.com') ? sourceIPAddress : undefined);
  if (who === undefined) return service === undefined ? {} : { by: service.slice(0, 200) };
  return { by: who.slice(0, 300), ...(service !== undefined && service !== who && { via: service.slice(0, 200) }) };
}

/** `arn:aws:sts::123456789012:assumed-role/deployer/anna` is `deployer/anna`, `…:user/team/anna` is `anna`. */
function sessionOf(arn: string | undefined): string | undefined {
  const [, kind, name] = /^arn:[^:]*:(?:iam|sts)::\d*:([\w-]+)\/(.+)$/.exec(arn ?? '') ?? [];
  return kind === 'user' ? name?.split('/').at(-1) : name;
}
