/** Sums by currency, each an exact decimal text. Rows without an amount count as `none` with 0. */
export type DecimalSums = Readonly<Record<string, string>>;

const FRACTION_DIGITS = 10;
const SCALE = 10n ** BigInt(FRACTION_DIGITS);

/** Adds amounts without losing a cent, whatever their number. */
export class DecimalSum {
  readonly #scaled = new Map<string, bigint>();

  /** `amount` has at most ten digits behind the point, as itineraries have. */
  add(currency: string, amount: string): void {
    this.#scaled.set(currency, (this.#scaled.get(currency) ?? 0n) + scaledOf(amount));
  }

  addAll(sums: DecimalSums): void {
    for (const [currency, amount] of Object.entries(sums)) this.add(currency, amount);
  }

  /** In order of currencies, so that equal sums are equal as text. */
  sums(): DecimalSums {
    return Object.fromEntries(
      [...this.#scaled]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([currency, scaled]) => [currency, textOf(scaled)]),
    );
  }
}

function scaledOf(amount: string): bigint {
  const [, sign = '', whole = '0', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(amount) ?? [];
  const scaled = BigInt(whole) * SCALE + BigInt(fraction.padEnd(FRACTION_DIGITS, '0'));
  return sign === '-' ? -scaled : scaled;
}

function textOf(scaled: bigint): string {
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(FRACTION_DIGITS + 1, '0');
  const fraction = digits.slice(-FRACTION_DIGITS).replace(/0+$/, '');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -FRACTION_DIGITS)}${fraction === '' ? '' : `.${fraction}`}`;
}
