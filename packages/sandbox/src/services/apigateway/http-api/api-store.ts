import { createHash } from 'node:crypto';
import type { ServiceContext } from '../../../core/service.ts';
import { UsagePlans } from '../rest-api/usage-plans.ts';
import { notFound } from './api-errors.ts';
import type { ApiDeployment, ApiSettings, Deployable, HttpApi, Stage } from './http-api.ts';

/** Under this path of the sandbox's endpoint each API is reached by its id, where a host name of its own does not resolve. */
export const API_PATH = '/_api/';

/** The APIs of the account, by id: HTTP APIs, and REST APIs in the same form. */
export class ApiStore {
  readonly context: ServiceContext;
  /** API keys and usage plans of REST APIs. */
  readonly usage: UsagePlans;
  readonly #apis = new Map<string, HttpApi>();

  constructor(context: ServiceContext) {
    this.context = context;
    this.usage = new UsagePlans(context.clock);
  }

  create(apiId: string, settings: ApiSettings): HttpApi {
    const api: HttpApi = {
      apiId,
      createdAt: this.context.clock.now(),
      settings,
      resourcePaths: new Map(),
      routes: new Map(),
      integrations: new Map(),
      authorizers: new Map(),
      stages: new Map(),
      deployments: new Map(),
    };
    this.#apis.set(apiId, api);
    return api;
  }

  find(apiId: string): HttpApi | undefined {
    return this.#apis.get(apiId);
  }

  /** Throws NotFoundException. */
  get(apiId: string): HttpApi {
    const api = this.#apis.get(apiId);
    if (!api) throw notFound('Api', apiId);
    return api;
  }

  /** The HTTP APIs. */
  all(): readonly HttpApi[] {
    return [...this.#apis.values()].filter(({ rest }) => !rest);
  }

  restApis(): readonly HttpApi[] {
    return [...this.#apis.values()].filter(({ rest }) => rest);
  }

  delete(apiId: string): void {
    this.#apis.delete(apiId);
  }

  /** The URL under which the API answers on this machine; a named stage is the path's next segment, as on AWS. */
  endpoint(apiId: string): string {
    return `${this.context.endpoint()}${API_PATH}${apiId}`;
  }
}

/** What a stage serves, or nothing where nothing is deployed to it. */
export function deployedTo(api: HttpApi, stage: Stage): Deployable | undefined {
  if (!stage.autoDeploy) return stage.deploymentId ? api.deployments.get(stage.deploymentId) : undefined;
  return { ...api, ...(api.settings.cors ? { cors: api.settings.cors } : {}) };
}

/** Copies an API as it is now. */
export function snapshot(api: HttpApi, deploymentId: string, createdAt: number, description?: string): ApiDeployment {
  return {
    deploymentId,
    createdAt,
    ...(description ? { description } : {}),
    ...(api.settings.cors ? { cors: api.settings.cors } : {}),
    routes: new Map(api.routes),
    integrations: new Map(api.integrations),
    authorizers: new Map(api.authorizers),
  };
}

/** An id as API Gateway's look, the same on every run: ten (an API) or seven lower-case letters and digits. */
export function gatewayId(request: { stackName: string; logicalId: string }, length: 7 | 10): string {
  const digest = createHash('sha256').update(`${request.stackName}/${request.logicalId}`).digest();
  return BigInt(`0x${digest.toString('hex')}`)
    .toString(36)
    .slice(0, length);
}
