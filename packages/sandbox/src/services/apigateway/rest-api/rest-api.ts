/** What REST APIs have beyond HTTP APIs; methods are kept as routes (`GET /pets/{id}`), their integrations beside them. */

export interface RestSettings {
  readonly rootResourceId: string;
  /** `*`/`*`, `image/png`: bodies of these types travel in base64. */
  readonly binaryMediaTypes: readonly string[];
}

export interface RestMethod {
  readonly resourceId: string;
  readonly isApiKeyRequired: boolean;
  /** `method.request.querystring.page`: refused with 400 where one is missing and the method has a validator. */
  readonly requiredParameters: readonly string[];
  /** Query strings and headers that tell cached answers apart, beside the path. */
  readonly cacheKeyParameters: readonly string[];
  readonly mock?: MockResponse;
}

/** What a MOCK integration answers. */
export interface MockResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface RestStage {
  readonly isCacheClusterEnabled: boolean;
  /** Gigabytes, as `0.5`. */
  readonly cacheClusterSize: string;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly isEnabled: boolean;
  readonly createdAt: number;
}

export interface UsagePlan {
  readonly id: string;
  readonly name: string;
  readonly apiStages: readonly { readonly apiId: string; readonly stage: string }[];
  readonly throttle?: { readonly rate: number; readonly burst: number };
  readonly quota?: { readonly limit: number; readonly period: 'DAY' | 'WEEK' | 'MONTH' };
  /** Ids of the keys that it admits. */
  readonly keyIds: ReadonlySet<string>;
}
