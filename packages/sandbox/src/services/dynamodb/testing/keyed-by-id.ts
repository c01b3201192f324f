/** What CreateTable, a template and ImportTable say of a table whose items are known by `id`. */
export const KEYED_BY_ID = {
  AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' as const }],
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }],
  BillingMode: 'PAY_PER_REQUEST' as const,
};
