import book from './price-book/us-east-1.json' with { type: 'json' };

type Prices = typeof book.prices;

/** `service.item`: `lambda.requests`. */
export type PriceKey = { [Service in keyof Prices]: `${Service}.${keyof Prices[Service] & string}` }[keyof Prices];

/** How far a price can be trusted, from AWS's own price file down to no value at all. */
export type PriceConfidence = keyof typeof book.confidenceScale;

/** One list price and where it comes from. */
export interface Price {
  readonly key: PriceKey;
  /** USD; null where no source gave a value. */
  readonly usd: number | null;
  /** What the price is for: `per 1M requests`. */
  readonly unit: string;
  readonly source: string;
  /** When the source said so. */
  readonly asOf: string;
  readonly confidence: PriceConfidence;
  readonly note?: string;
}

const entries: ReadonlyMap<string, Price> = new Map(readEntries().map((price) => [price.key, price]));

/** A price with its source. Throws for a key that the book does not hold. */
export function findPrice(key: PriceKey): Price {
  const price = entries.get(key);
  if (!price) throw new RangeError(`The price book has no price ${key}.`);
  return price;
}

/** A price in USD, for the unit that {@link findPrice} tells. Throws for a key that the book does not hold or knows no value for. */
export function usdOf(key: PriceKey): number {
  const { usd } = findPrice(key);
  if (usd === null) throw new RangeError(`The price book knows no value for ${key}.`);
  return usd;
}

function readEntries(): Price[] {
  const sources: Record<string, { text: string; asOf: string; confidence: string } | undefined> = book.sources;
  const services: Record<
    string,
    Record<string, { usd: number | null; unit: string; source: string; note?: string }>
  > = book.prices;
  return Object.entries(services).flatMap(([service, items]) =>
    Object.entries(items).map(([item, { usd, unit, source, note }]): Price => {
      const from = sources[source];
      if (!from) throw new Error(`The price book names no source ${source}.`);
      return {
        key: `${service}.${item}` as PriceKey,
        usd,
        unit,
        source: from.text,
        asOf: from.asOf,
        confidence: from.confidence as PriceConfidence,
        ...(note === undefined ? {} : { note }),
      };
    }),
  );
}
