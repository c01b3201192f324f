import { fixedValue, isRecord, referencedId, type Template, type TemplateResource } from './template.ts';

/** AWS's own convention for turning hours into months. */
export const HOURS_PER_MONTH = 730;

/** What makes a resource cost while nobody uses it: nothing, its existence by the hour or by the month, or the calls it makes by itself. */
export type ChargeBasis = 'none' | 'hourly' | 'monthly' | 'own-calls';

/** What a resource costs while nothing happens. */
export interface Charge {
  readonly basis: ChargeBasis;
  readonly monthlyUsd: number;
  /** One sentence that shows the sum. */
  readonly why: string;
}

/** Prices one resource of a known type. */
export type ChargeRule = (resource: PricedResource) => Charge;

/** A resource that cannot be priced: its type is not in the registry, or a property that decides its price is not known. */
export class UnpricedResourceError extends Error {
  override readonly name = 'UnpricedResourceError';
}

/** A rule for a type that costs nothing at rest, whatever its properties. */
export function freeAtRest(why: string): ChargeRule {
  return () => ({ basis: 'none', monthlyUsd: 0, why });
}

export function hourly(usdPerHour: number, why: string): Charge {
  return { basis: usdPerHour === 0 ? 'none' : 'hourly', monthlyUsd: usdPerHour * HOURS_PER_MONTH, why };
}

export function monthly(usd: number, why: string): Charge {
  return { basis: 'monthly', monthlyUsd: usd, why };
}

/** A resource with typed access to the properties that decide its price. */
export class PricedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly template: Template;
  readonly #properties: Readonly<Record<string, unknown>>;

  constructor(logicalId: string, resource: TemplateResource, template: Template) {
    this.logicalId = logicalId;
    this.type = resource.Type;
    this.template = template;
    this.#properties = resource.Properties ?? {};
  }

  /** The property as the template writes it, by its path: `StreamModeDetails.StreamMode`. */
  raw(path: string): unknown {
    let value: unknown = this.#properties;
    for (const name of path.split('.')) value = isRecord(value) ? value[name] : undefined;
    return value;
  }

  text(path: string, absent: string): string {
    const value = this.#fixed(path);
    return value === undefined ? absent : String(value);
  }

  /** Throws where the number is decided only when the stack is deployed. */
  number(path: string, absent: number): number {
    const value = this.#fixed(path);
    const number = value === undefined ? absent : Number(value);
    if (Number.isNaN(number)) throw this.unpriced(`${path} is not a number.`);
    return number;
  }

  /** Its elements too are as the template fixes them. Throws where one is known only when the stack is deployed. */
  list(path: string): readonly unknown[] {
    const value = this.#fixed(path);
    return Array.isArray(value) ? value.map((element) => this.#decided(path, element)) : [];
  }

  /** The parts of a list, each with the properties that decide a price. */
  parts(path: string): readonly PricedResource[] {
    return this.list(path)
      .filter(isRecord)
      .map((Properties) => new PricedResource(this.logicalId, { Type: this.type, Properties }, this.template));
  }

  /** The resource of this template that a value refers to, if it does. */
  referenced(value: unknown): PricedResource | undefined {
    const id = referencedId(value);
    const resource = id === undefined ? undefined : this.template.Resources?.[id];
    return id === undefined || resource === undefined ? undefined : new PricedResource(id, resource, this.template);
  }

  unpriced(why: string): UnpricedResourceError {
    return new UnpricedResourceError(`${this.logicalId} (${this.type}) has no price: ${why}`);
  }

  #fixed(path: string): unknown {
    const raw = this.raw(path);
    return raw === undefined ? undefined : this.#decided(path, raw);
  }

  #decided(path: string, raw: unknown): unknown {
    const value = fixedValue(this.template, raw);
    if (value === undefined) throw this.unpriced(`${path} is known only once the stack is deployed.`);
    return value;
  }
}
