import { ApiError, type ServiceContext } from '../../core/service.ts';

const ENGINES = ['valkey', 'redis', 'memcached'];
const NAME = /^[a-z](?:[a-z0-9]|-(?!-|$)){0,39}$/;
/** ElastiCache API Reference, DataStorage and ECPUPerSecond. */
const RANGES = { storageGb: [1, 5_000], ecpuPerSecond: [1_000, 15_000_000] } as const;

export interface Range {
  readonly minimum?: number;
  readonly maximum?: number;
}

export interface UsageLimits {
  readonly storageGb?: Range;
  readonly ecpuPerSecond?: Range;
}

export interface ServerlessCache {
  readonly name: string;
  readonly arn: string;
  readonly engine: string;
  readonly majorVersion: string;
  readonly description: string | undefined;
  readonly createdAt: number;
  readonly address: string;
  limits: UsageLimits;
}

/** The caches of an account and region. */
export class ServerlessCaches {
  readonly #context: ServiceContext;
  readonly #caches = new Map<string, ServerlessCache>();

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  all(): readonly ServerlessCache[] {
    return [...this.#caches.values()];
  }

  arnOf(name: string): string {
    const { region, accountId } = this.#context;
    return `arn:aws:elasticache:${region}:${accountId}:serverlesscache:${name}`;
  }

  /** Throws `ServerlessCacheNotFoundFault`. */
  get(name: string): ServerlessCache {
    const cache = this.#caches.get(name);
    if (cache) return cache;
    throw new ApiError('ServerlessCacheNotFoundFault', `ServerlessCache ${name} not found.`, 404);
  }

  create(
    given: Pick<ServerlessCache, 'name' | 'engine' | 'description' | 'limits'> & { readonly majorVersion?: string },
  ): ServerlessCache {
    const { name, engine, description, limits } = given;
    if (!NAME.test(name)) throw invalid(`Serverless Cache Name ${name} is not valid.`);
    if (!ENGINES.includes(engine)) throw invalid(`Invalid engine: ${engine}`);
    if (this.#caches.has(name))
      throw new ApiError('ServerlessCacheAlreadyExistsFault', `Serverless Cache ${name} already exists.`);
    assertLimits(limits);
    const { region, clock } = this.#context;
    const cache = {
      name,
      engine,
      description,
      limits,
      majorVersion: given.majorVersion ?? (engine === 'memcached' ? '1.6' : engine === 'redis' ? '7' : '8'),
      arn: this.arnOf(name),
      createdAt: clock.now(),
      address: `${name}-sandbox.serverless.${region}.cache.amazonaws.com`,
    };
    this.#caches.set(name, cache);
    return cache;
  }

  /** A limit that is not named stays. Throws `InvalidParameterValue` for one that cannot be. */
  limit(cache: ServerlessCache, limits: UsageLimits): void {
    assertLimits(limits);
    cache.limits = { ...cache.limits, ...limits };
  }

  remove(name: string): void {
    this.#caches.delete(this.get(name).name);
  }
}

function assertLimits(limits: UsageLimits): void {
  for (const [name, [least, most]] of Object.entries(RANGES)) {
    const { minimum, maximum } = limits[name as keyof UsageLimits] ?? {};
    for (const value of [minimum, maximum])
      if (value !== undefined && !(Number.isInteger(value) && value >= least && value <= most))
        throw invalid(`A limit of ${name} is between ${least} and ${most}, not ${value}.`);
    if (minimum !== undefined && maximum !== undefined && minimum > maximum)
      throw invalid(`The minimum of ${name} cannot be above its maximum.`);
  }
}

const invalid = (message: string): ApiError => new ApiError('InvalidParameterValue', message);
