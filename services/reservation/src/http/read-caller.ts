import * as z from 'zod';
import type { PartnerDirectory } from '../api-ports.ts';
import type { Caller } from '../domain/auth/caller.ts';
import { propertyCodeSchema, scopeSchema } from '../domain/auth/caller.ts';
import { partnerArn } from '../domain/auth/partner-arn.ts';

/** What {@link https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html} passes on of our authorizer's answer: flat text. */
const grantSchema = z.object({
  subject: z.string().min(1),
  scopes: z.string(),
  properties: z.string(),
  expiresAt: z.coerce.number().int(),
});
const authorizerSchema = z.union([
  z.object({ lambda: grantSchema }),
  z.object({ iam: z.object({ userArn: z.string() }) }),
]);

/** Who asks; or why nobody may: no authorizer, a grant that ran out while API Gateway still had it, an identity that is no partner. */
export type CallerReading =
  | { readonly kind: 'known'; readonly caller: Caller }
  | { readonly kind: 'expired' }
  | { readonly kind: 'unknown' };

/** Reads the caller from what API Gateway's authorizer said. Nothing that a caller sends by itself is believed. */
export async function readCaller(
  authorizer: unknown,
  { partners, now }: { readonly partners: PartnerDirectory; readonly now: () => number },
): Promise<CallerReading> {
  const read = authorizerSchema.safeParse(authorizer);
  if (!read.success) return { kind: 'unknown' };
  if ('lambda' in read.data) return callerOfGrant(read.data.lambda, now());
  const arn = partnerArn(read.data.iam.userArn);
  const partner = arn === undefined ? undefined : await partners(arn);
  if (partner === undefined) return { kind: 'unknown' };
  const { name, scopes, properties } = partner;
  return { kind: 'known', caller: { id: `partner:${name}`, scopes, properties } };
}

/** API Gateway keeps a grant for longer than its token may have left. */
function callerOfGrant(
  { subject, scopes, properties, expiresAt }: z.infer<typeof grantSchema>,
  nowMs: number,
): CallerReading {
  if (expiresAt * 1_000 <= nowMs) return { kind: 'expired' };
  const known = <T>(schema: z.ZodType<T>, text: string): T[] =>
    text.split(' ').flatMap((word) => {
      const value = schema.safeParse(word);
      return value.success ? [value.data] : [];
    });
  return {
    kind: 'known',
    caller: {
      id: `mobile:${subject}`,
      scopes: known(scopeSchema, scopes),
      properties: known(propertyCodeSchema, properties),
    },
  };
}
