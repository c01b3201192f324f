import { readPackagedService } from './cloudformation/packaged-service.ts';
import { type Deployment, type Stack, viewOf } from './cloudformation/stack.ts';
import { WITHOUT_LOG } from './core/aws-calls/without-log.ts';
import type { FaultPlan } from './core/faults/fault-plan.ts';
import type { LoggedCall } from './core/front/call-log.ts';
import type { Peers } from './core/peers.ts';
import type { Clock } from './core/time/clock.ts';
import type { AccessControl } from './iam/access-control.ts';
import type { SandboxOptions } from './sandbox-options.ts';
import { type SandboxParts, startParts, stopParts } from './start-parts.ts';

/** What an SDK client, or a shell that runs the AWS CLI, needs to act as the account's administrator. */
export interface SandboxCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** Settings that every SDK v3 client takes. */
export interface ClientSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: SandboxCredentials;
}

/** AWS, embedded: the services that packaged stacks need, on one loopback port. */
export class Sandbox {
  readonly accountId: string;
  readonly region: string;
  readonly clock: Clock;
  readonly faults: FaultPlan;
  /** Administrator of the account: allowed everything. */
  readonly credentials: SandboxCredentials;
  readonly iam: AccessControl;
  readonly peers: Peers;
  readonly #parts: SandboxParts;

  private constructor(parts: SandboxParts) {
    this.#parts = parts;
    this.accountId = parts.context.accountId;
    this.region = parts.context.region;
    this.clock = parts.context.clock;
    this.faults = parts.faults;
    this.iam = parts.iam;
    this.credentials = parts.iam.issueAdministrator();
    this.peers = parts.context.peers;
  }

  /** Starts the services and listens on 127.0.0.1. Throws `PORT_IN_USE`. */
  static async start(options: SandboxOptions = {}): Promise<Sandbox> {
    return new Sandbox(await startParts(options));
  }

  /** `http://127.0.0.1:PORT` */
  get endpoint(): string {
    return this.#parts.front.endpoint;
  }

  /** Variables with which another process (the AWS CLI, a service's own command) acts here as the administrator. */
  get environment(): Readonly<Record<string, string>> {
    return {
      AWS_ENDPOINT_URL: this.endpoint,
      AWS_REGION: this.region,
      AWS_DEFAULT_REGION: this.region,
      AWS_ACCESS_KEY_ID: this.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: this.credentials.secretAccessKey,
    };
  }

  /** An SDK v3 client of the administrator: `sandbox.client(DynamoDBClient)`. `settings` are added to its configuration. */
  client<C>(Client: new (settings: ClientSettings) => C, settings: object = {}): C {
    const { endpoint, region, credentials } = this;
    return new Client({ endpoint, region, credentials, ...WITHOUT_LOG, ...settings });
  }

  /**
   * Deploys what `sls package` wrote into a service directory, or into the package directory itself. The stack is named
   * `<service>-<stage>` where `stackName` is absent.
   */
  async deploy(
    directory: string,
    options: { stackName?: string; parameters?: Readonly<Record<string, string>> } = {},
  ): Promise<Stack> {
    const deployment = await readPackagedService(directory, options.stackName);
    return this.deployTemplate(options.parameters ? { ...deployment, parameters: options.parameters } : deployment);
  }

  /** Deploys a template: creates the stack, or updates the one of that name. */
  deployTemplate(deployment: Deployment): Promise<Stack> {
    return this.#parts.stacks.deploy(deployment);
  }

  /** A deployed stack: resources by logical id, outputs by name. */
  stack(name: string): Stack {
    return viewOf(this.#parts.stacks.get(name));
  }

  /** The stacks that are deployed now. */
  stacks(): readonly Stack[] {
    return this.#parts.stacks.list().map(viewOf);
  }

  /**
   * Where a URL of AWS answers on this machine, as a browser may open it: `https://<api>.execute-api.<region>.amazonaws.com/pets` and the
   * domain of a distribution. Any other URL stays as it is.
   */
  reachable(url: string): string {
    const asked = new URL(url);
    for (const { door } of this.#parts.services) {
      const found = door?.reach(asked);
      if (found !== undefined) return found;
    }
    return url;
  }

  /**
   * As {@link reachable}, by a host name of its own, for pages that ask for paths from their root. Names below `localhost` are this
   * machine to every browser and to curl (RFC 6761), but not to every resolver that Node asks.
   */
  reachableByHost(url: string): string {
    if (this.reachable(url) === url) return url;
    const { hostname, pathname, search } = new URL(url);
    const host = hostname.replace(/\.(net|amazonaws\.com)$/, '.localhost');
    return `http://${host}:${new URL(this.endpoint).port}${pathname}${search}`;
  }

  /** Deletes a stack and its resources. */
  remove(stackName: string): Promise<void> {
    return this.#parts.stacks.remove(stackName);
  }

  /** The newest 50,000 calls that reached a service on the wire, oldest first. */
  calls(): readonly LoggedCall[] {
    return this.#parts.calls.list();
  }

  /** Begins the record of calls anew. */
  forgetCalls(): void {
    this.#parts.calls.clear();
  }

  /** Resolves when no background work is under way: deliveries, asynchronous invocations, polls. What waits for the clock is not. */
  idle(): Promise<void> {
    return this.#parts.work.idle();
  }

  /** Stops listening, lets go of every fault, and stops the services in the reverse order of their start. */
  stop(): Promise<void> {
    return stopParts(this.#parts);
  }
}
