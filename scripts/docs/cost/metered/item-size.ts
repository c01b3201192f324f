/** An attribute's value on the wire: `{ S: 'text' }`. */
export type WireValue = Readonly<Record<string, unknown>>;
export type WireItem = Readonly<Record<string, WireValue>>;

/** A map or a list has so many bytes beside its members, and each member one more. */
const NESTED_BYTES = 3;

/**
 * Bytes of an item as DynamoDB counts them. Source: DynamoDB Developer Guide, "DynamoDB item sizes and formats". Where it only bounds a number's size, the
 * larger one is taken.
 */
export const itemBytes = (item: WireItem): number =>
  Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);

function valueBytes(value: WireValue): number {
  const [type, content] = Object.entries(value)[0] ?? [];
  switch (type) {
    case 'S':
      return Buffer.byteLength(String(content));
    case 'N':
      return Math.ceil(String(content).replace(/\D/g, '').length / 2) + 2;
    case 'B':
      return Buffer.from(String(content), 'base64').length;
    case 'M':
      return NESTED_BYTES + itemBytes(content as WireItem) + Object.keys(content as object).length;
    case 'L':
      return NESTED_BYTES + (content as readonly WireValue[]).reduce((sum, each) => sum + 1 + valueBytes(each), 0);
    case 'BOOL':
    case 'NULL':
      return 1;
    default:
      throw new Error(`item sizes: nothing is known of the type ${type}`);
  }
}
