import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { LamplighterError } from '@lamplighter/lambda-kit';
import type { Delivery } from '../domain/delivery.ts';
import type { StoredAlert } from '../domain/stored-alert.ts';
import type { OutboxRow } from '../functions/relay-outbox/relay-outbox.ts';

type Image = Readonly<Record<string, AttributeValue>>;

/**
 * The row that a stream record shows; undefined for one that sets nothing in motion (a member, a group, a removal).
 * @throws LamplighterError `ROW_UNREADABLE` for one that says what it is and holds something else
 */
export function rowOf(newImage: Image | undefined, oldImage: Image | undefined): OutboxRow | undefined {
  if (newImage === undefined) return undefined;
  const after = unmarshall(newImage);
  const before = oldImage && unmarshall(oldImage);
  if ((after.kind === 'alert' || after.kind === 'delivery') && after[after.kind]?.alertId === undefined)
    throw new LamplighterError('ROW_UNREADABLE', `A row of kind ${after.kind} holds none: ${after.pk} ${after.sk}`);
  if (after.kind === 'alert') {
    return { kind: 'alert', after: after.alert as StoredAlert, ...(before && { before: before.alert as StoredAlert }) };
  }
  if (after.kind !== 'delivery') return undefined;
  return {
    kind: 'delivery',
    after: after.delivery as Delivery,
    ...(before && { before: before.delivery as Delivery }),
  };
}
