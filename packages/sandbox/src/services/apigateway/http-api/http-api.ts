/** What an HTTP API consists of. Records are replaced, never changed in place: a deployment is a copy of the maps that hold them. */

import type { RestMethod, RestSettings, RestStage } from '../rest-api/rest-api.ts';

export interface CorsConfiguration {
  readonly allowCredentials: boolean;
  readonly allowHeaders: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowOrigins: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAgeSeconds?: number;
}

export type AuthorizationType = 'NONE' | 'JWT' | 'CUSTOM' | 'AWS_IAM';

export interface Route {
  readonly routeId: string;
  /** `GET /pets/{id}`, `ANY /{proxy+}` or `$default`. */
  readonly routeKey: string;
  /** `integrations/<id>` */
  readonly target?: string;
  readonly authorizationType: AuthorizationType;
  readonly authorizerId?: string;
  readonly authorizationScopes: readonly string[];
  readonly operationName?: string;
  /** Of a REST API's method alone. */
  readonly rest?: RestMethod;
}

export type PayloadFormatVersion = '1.0' | '2.0';

export interface Integration {
  readonly integrationId: string;
  readonly integrationType: 'AWS_PROXY' | 'HTTP_PROXY';
  /** Function ARN (or the API Gateway path to it), or a URL. */
  readonly integrationUri: string;
  /** HTTP_PROXY alone; `ANY` passes the request's own. */
  readonly integrationMethod: string;
  readonly payloadFormatVersion: PayloadFormatVersion;
  readonly timeoutMs: number;
  /** Role that invokes the function, in place of the function's own policy. */
  readonly credentialsArn?: string;
  readonly description?: string;
}

export interface RequestAuthorizer {
  readonly authorizerId: string;
  readonly authorizerType: 'REQUEST';
  readonly name: string;
  readonly authorizerUri: string;
  readonly identitySource: readonly string[];
  readonly payloadFormatVersion: PayloadFormatVersion;
  readonly enableSimpleResponses: boolean;
  readonly resultTtlSeconds: number;
  /** A REST API's TOKEN authorizer is told the token alone. */
  readonly isToken?: boolean;
  readonly credentialsArn?: string;
}

export interface JwtAuthorizer {
  readonly authorizerId: string;
  readonly authorizerType: 'JWT';
  readonly name: string;
  readonly identitySource: readonly string[];
  readonly issuer: string;
  readonly audience: readonly string[];
}

export type Authorizer = RequestAuthorizer | JwtAuthorizer;

/** Limits and metrics of a stage's routes; absent limits are the account's. */
export interface RouteSettings {
  readonly detailedMetricsEnabled?: boolean;
  readonly throttlingBurstLimit?: number;
  /** Requests per second. */
  readonly throttlingRateLimit?: number;
  /** Of REST APIs alone, where the stage has a cache cluster. */
  readonly cachingEnabled?: boolean;
  readonly cacheTtlSeconds?: number;
}

export interface Stage {
  readonly stageName: string;
  readonly autoDeploy: boolean;
  readonly deploymentId?: string;
  readonly defaultRouteSettings: RouteSettings;
  /** By route key. */
  readonly routeSettings: Readonly<Record<string, RouteSettings>>;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly accessLog?: { readonly destinationArn: string; readonly format: string };
  readonly description?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly rest?: RestStage;
}

/** What a stage serves: the API itself where it deploys by itself, or a deployment's copy. */
export interface Deployable {
  readonly cors?: CorsConfiguration;
  readonly routes: ReadonlyMap<string, Route>;
  readonly integrations: ReadonlyMap<string, Integration>;
  readonly authorizers: ReadonlyMap<string, Authorizer>;
}

export interface ApiDeployment extends Deployable {
  readonly deploymentId: string;
  readonly description?: string;
  readonly createdAt: number;
}

export interface ApiSettings {
  readonly name: string;
  readonly description?: string;
  readonly version?: string;
  readonly cors?: CorsConfiguration;
  readonly disableExecuteApiEndpoint: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

export interface HttpApi {
  readonly apiId: string;
  readonly createdAt: number;
  /** What makes it a REST API. */
  rest?: RestSettings;
  /** Paths of a REST API's resources by id. */
  readonly resourcePaths: Map<string, string>;
  settings: ApiSettings;
  readonly routes: Map<string, Route>;
  readonly integrations: Map<string, Integration>;
  readonly authorizers: Map<string, Authorizer>;
  readonly stages: Map<string, Stage>;
  readonly deployments: Map<string, ApiDeployment>;
}
