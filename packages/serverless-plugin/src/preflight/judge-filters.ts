/** A subscription filter that a log group has already. */
export interface ExistingFilter {
  readonly name: string;
  readonly destinationArn: string;
}

export interface FilterTerms {
  /** The name of this plugin's filter. */
  readonly ownName: string;
  /** Where Lamplighter takes logs. */
  readonly destinationArn: string;
  /** Filters that a log group takes. */
  readonly limit: number;
}

export type FilterVerdict =
  | { readonly kind: 'add' }
  /** Another filter brings the same logs to the same place already. */
  | { readonly kind: 'subscribed'; readonly by: string }
  | { readonly kind: 'full'; readonly by: readonly string[] };

/** Whether a log group has room for the plugin's filter, which may be there from an earlier deploy, and needs it. */
export function judgeFilters(existing: readonly ExistingFilter[], terms: FilterTerms): FilterVerdict {
  const others = existing.filter(({ name }) => name !== terms.ownName);
  const same = others.find(({ destinationArn }) => destinationArn === terms.destinationArn);
  if (same) return { kind: 'subscribed', by: same.name };
  const isOwnThere = others.length < existing.length;
  if (isOwnThere || others.length < terms.limit) return { kind: 'add' };
  return { kind: 'full', by: others.map(({ name }) => name) };
}
