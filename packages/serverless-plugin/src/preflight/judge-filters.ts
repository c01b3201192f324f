/** A subscription filter that a log group has already. */
export interface ExistingFilter {
  readonly name: string;
  readonly destinationArn: string;
  /** Empty: every line. */
  readonly filterPattern: string;
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
  /** Another filter brings every line to the same place already. */
  | { readonly kind: 'subscribed'; readonly by: string }
  | { readonly kind: 'full'; readonly by: readonly string[] };

/**
 * Whether a log group has room for the plugin's filter, which may be there from an earlier deploy, and needs it. Those that the service declares
 * come with the deploy, or are among the existing ones from an earlier deploy, under names that nobody knows here: there are at least as many
 * as the longer of both lists has.
 * @param existing filters that the account has on the group
 * @param declared logical ids of the service's own filters on it
 */
export function judgeFilters(
  existing: readonly ExistingFilter[],
  terms: FilterTerms,
  declared: readonly string[] = [],
): FilterVerdict {
  const others = existing.filter(({ name }) => name !== terms.ownName);
  const same = others.find(
    ({ destinationArn, filterPattern }) => destinationArn === terms.destinationArn && filterPattern.trim() === '',
  );
  if (same) return { kind: 'subscribed', by: same.name };
  const longer = others.length >= declared.length ? others.map(({ name }) => name) : declared;
  // The plugin's own beside all the others shows that they have room together, whatever the limit.
  const haveRoomNow = others.length < existing.length && longer !== declared;
  return haveRoomNow || longer.length < terms.limit ? { kind: 'add' } : { kind: 'full', by: longer };
}
