import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import type { Partner, PartnerDirectory } from '../api-ports.ts';
import { propertyCodeSchema, scopeSchema } from '../domain/auth/caller.ts';
import type { CallDependency } from '../ports.ts';

/** A partner who was taken out is served for no longer. */
const FRESH_MS = 30_000;
/** A forged identity does not reach this far; more partners than these are looked up again. */
const REMEMBERED = 500;

const partnerSchema = z.object({
  name: z.string().min(1),
  scopes: z.array(scopeSchema),
  properties: z.array(propertyCodeSchema),
});

/** Partners by the ARN of their role or user: items that an operator enters, `pk` = `PARTNER#<arn>`. Throws for an item that is none. */
export function dynamoDbPartners(
  client: DynamoDBClient,
  table: string,
  { call, now }: { readonly call: CallDependency; readonly now: () => number },
): PartnerDirectory {
  const remembered = new Map<string, { readonly partner: Partner | undefined; readonly atMs: number }>();
  return async (arn) => {
    const known = remembered.get(arn);
    if (known !== undefined && now() - known.atMs < FRESH_MS) return known.partner;
    const partner = await call({ dependency: 'dynamodb', statement: 'partner by identity' }, async () => {
      const Key = marshall({ pk: `PARTNER#${arn}` });
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key }));
      return Item && partnerSchema.parse(unmarshall(Item));
    });
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(arn, { partner, atMs: now() });
    return partner;
  };
}
