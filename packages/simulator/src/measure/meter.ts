import { type PriceKey, usdOf } from '@lamplighter/pricing';

/** Quantities that AWS bills, each with its price: the first tier of the price book, nothing taken off for a free tier. */
const BOOK = {
  lambdaRequests: { key: 'lambda.requests', per: 1e6 },
  lambdaGbSecondsX86: { key: 'lambda.duration_x86_tier1', per: 1 },
  lambdaGbSecondsArm: { key: 'lambda.duration_arm_tier1', per: 1 },
  provisionedGbSecondsX86: { key: 'lambda.provisioned_concurrency_x86', per: 1 },
  provisionedGbSecondsArm: { key: 'lambda.provisioned_concurrency_arm', per: 1 },
  provisionedRunGbSecondsX86: { key: 'lambda.provisioned_duration_x86', per: 1 },
  provisionedRunGbSecondsArm: { key: 'lambda.provisioned_duration_arm', per: 1 },
  httpApiRequests: { key: 'apigateway.http_api_first_300M', per: 1e6 },
  restApiRequests: { key: 'apigateway.rest_first_333M', per: 1e6 },
  streamHours: { key: 'kinesis.ondemand_stream_hour', per: 1 },
  streamGbIn: { key: 'kinesis.ondemand_ingest', per: 1 },
  streamGbOut: { key: 'kinesis.ondemand_retrieve', per: 1 },
  shardHours: { key: 'kinesis.provisioned_shard_hour', per: 1 },
  streamPutUnits: { key: 'kinesis.put_payload_units', per: 1e6 },
  queueRequests: { key: 'sqs.standard_first_100B', per: 1e6 },
  tableWrites: { key: 'dynamodb.ondemand_wru', per: 1e6 },
  tableReads: { key: 'dynamodb.ondemand_rru', per: 1e6 },
  acuHours: { key: 'aurora.serverless_v2_acu_hour', per: 1 },
  databaseIo: { key: 'aurora.io_requests', per: 1e6 },
  dataApiRequests: { key: 'aurora.data_api_first_1B', per: 1e6 },
  valkeyGbHours: { key: 'elasticache_serverless.valkey_storage', per: 1 },
  valkeyEcpu: { key: 'elasticache_serverless.valkey_ecpu', per: 1e6 },
  redisGbHours: { key: 'elasticache_serverless.redis_storage', per: 1 },
  redisEcpu: { key: 'elasticache_serverless.redis_ecpu', per: 1e6 },
  cdnRequests: { key: 'cloudfront.https_requests', per: 1e6 },
} as const satisfies Readonly<Record<string, { key: PriceKey; per: number }>>;

export type Quantity = keyof typeof BOOK | 'cdnGb';

/** USD of one unit of a quantity. */
export function usdPerUnit(quantity: Exclude<Quantity, 'cdnGb'>): number {
  const { key, per } = BOOK[quantity];
  return usdOf(key) / per;
}

/** What a resource used of each quantity, and what it cost. */
export interface Usage {
  readonly resource: string;
  readonly quantity: Quantity;
  readonly amount: number;
  readonly usd: number;
}

/** Whether a quantity is of functions or APIs. */
export const isCompute = (quantity: Quantity): boolean => COMPUTE.has(quantity);
const COMPUTE: ReadonlySet<string> = new Set(
  Object.keys(BOOK).filter((quantity) => /^(lambda|provisioned|httpApi|restApi)/.test(quantity)),
);

/** Adds up what every resource uses. `total` is the cost so far in USD: the difference between two ticks is the price of the time between. */
export class Meter {
  readonly #prices: Map<Quantity, number>;
  readonly #amounts = new Map<string, Map<Quantity, number>>();
  total = 0;
  /** The part of it that is for functions and APIs: what a fleet of servers would take the place of. */
  computeTotal = 0;

  /** @param cdnUsdPerGb - what CloudFront takes for a GB: an assumption, the price book knows none. */
  constructor(cdnUsdPerGb: number) {
    const keys = Object.keys(BOOK) as (keyof typeof BOOK)[];
    this.#prices = new Map<Quantity, number>(keys.map((quantity) => [quantity, usdPerUnit(quantity)]));
    this.#prices.set('cdnGb', cdnUsdPerGb);
  }

  add(resource: string, quantity: Quantity, amount: number): void {
    if (amount === 0) return;
    let amounts = this.#amounts.get(resource);
    if (!amounts) {
      amounts = new Map();
      this.#amounts.set(resource, amounts);
    }
    amounts.set(quantity, (amounts.get(quantity) ?? 0) + amount);
    const usd = amount * this.#prices.get(quantity)!;
    this.total += usd;
    if (isCompute(quantity)) this.computeTotal += usd;
  }

  usage(): readonly Usage[] {
    return [...this.#amounts].flatMap(([resource, amounts]) =>
      [...amounts].map(([quantity, amount]) => ({
        resource,
        quantity,
        amount,
        usd: amount * this.#prices.get(quantity)!,
      })),
    );
  }
}
