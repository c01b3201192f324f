/** A span of a quantity that is sold at one price. */
export interface PriceTier {
  /** Where the tier ends, counted from zero; `Infinity` for the last. */
  readonly upTo: number;
  readonly usdPerUnit: number;
}

/** Cost of a month's quantity, each part at the price of the tier it falls in. Throws for a quantity that is not a number from zero. */
export function tieredCost(quantity: number, tiers: readonly PriceTier[]): number {
  if (!(quantity >= 0)) throw new RangeError(`tieredCost requires a quantity of zero or more, not ${quantity}.`);
  let from = 0;
  let usd = 0;
  for (const { upTo, usdPerUnit } of tiers) {
    usd += Math.max(0, Math.min(quantity, upTo) - from) * usdPerUnit;
    from = upTo;
  }
  return usd;
}
