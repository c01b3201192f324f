import { BackgroundWork } from './core/background-work.ts';
import type { Clock } from './core/clock.ts';
import type { Fault } from './core/faults/fault.ts';
import { FaultPlan } from './core/faults/fault-plan.ts';
import { CallLog, type LoggedCall } from './core/front/call-log.ts';
import { Dispatcher } from './core/front/dispatcher.ts';
import { type Front, startFront } from './core/front/front.ts';
import { PeerRegistry } from './core/peer-registry.ts';
import type { Peers } from './core/peers.ts';
import type { AwsService, ServiceContext } from './core/service.ts';
import type { SteeredClock } from './core/steered-clock.ts';
import { systemClock } from './core/system-clock.ts';
import type { AccessControl } from './iam/access-control.ts';
import { SERVICES, type ServiceName } from './services.ts';

export interface SandboxOptions {
  /** The machine's own time where absent. */
  readonly clock?: Clock;
  /** `123456789012` where absent. */
  readonly accountId?: string;
  /** `us-east-1` where absent. */
  readonly region?: string;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Faults in force from the start. */
  readonly faults?: readonly Fault[];
  /** Only these services, and IAM: a test of one service starts faster. All of them where absent. */
  readonly services?: readonly ServiceName[];
  /** Larger request bodies are refused; 128 MB where absent. */
  readonly largestBodyBytes?: number;
  /** Told of internal faults that no caller sees; written to stderr where absent. */
  readonly report?: (error: unknown) => void;
}

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

const LARGEST_BODY_BYTES = 128 * 1024 * 1024;

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
  readonly #calls: CallLog;
  readonly #work: BackgroundWork;
  readonly #services: readonly AwsService[];
  readonly #front: Front;

  private constructor(parts: SandboxParts) {
    this.accountId = parts.context.accountId;
    this.region = parts.context.region;
    this.clock = parts.context.clock;
    this.faults = parts.faults;
    this.iam = parts.iam;
    this.credentials = parts.iam.issueAdministrator();
    this.peers = parts.context.peers;
    this.#calls = parts.calls;
    this.#work = parts.work;
    this.#services = parts.services;
    this.#front = parts.front;
  }

  /** Starts the services and listens on 127.0.0.1. Throws `PORT_IN_USE`. */
  static async start(options: SandboxOptions = {}): Promise<Sandbox> {
    return new Sandbox(await startParts(options));
  }

  /** `http://127.0.0.1:PORT` */
  get endpoint(): string {
    return this.#front.endpoint;
  }

  /** An SDK v3 client of the administrator: `sandbox.client(DynamoDBClient)`. `settings` are added to its configuration. */
  client<C>(Client: new (settings: ClientSettings) => C, settings: object = {}): C {
    const { endpoint, region, credentials } = this;
    return new Client({ endpoint, region, credentials, ...settings });
  }

  /** The newest 50,000 calls that reached a service on the wire, oldest first. */
  calls(): readonly LoggedCall[] {
    return this.#calls.list();
  }

  forgetCalls(): void {
    this.#calls.clear();
  }

  /** Resolves when no background work is under way: deliveries, asynchronous invocations, polls. What waits for the clock is not. */
  idle(): Promise<void> {
    return this.#work.idle();
  }

  /** Stops listening, lets go of every fault, and stops the services in the reverse order of their start. */
  async stop(): Promise<void> {
    this.faults.clear();
    await this.#front.stop();
    for (const service of this.#services.toReversed()) await service.stop?.();
  }
}

interface SandboxParts {
  readonly context: ServiceContext;
  readonly iam: AccessControl;
  readonly services: readonly AwsService[];
  readonly front: Front;
  readonly faults: FaultPlan;
  readonly calls: CallLog;
  readonly work: BackgroundWork;
}

async function startParts(options: SandboxOptions): Promise<SandboxParts> {
  const registry = new PeerRegistry();
  const work = new BackgroundWork();
  const faults = new FaultPlan();
  const calls = new CallLog();
  const report = options.report ?? ((error) => console.error('sandbox:', error));
  let front: Front | undefined;
  const context: ServiceContext = {
    accountId: options.accountId ?? '123456789012',
    region: options.region ?? 'us-east-1',
    clock: options.clock ?? systemClock,
    endpoint: () => front!.endpoint,
    peers: registry.peers,
    track: work.track,
    report,
    faults,
  };
  if (isSteered(context.clock)) context.clock.settleWith(() => work.settle());
  for (const fault of options.faults ?? []) faults.inject(fault);

  const services: AwsService[] = [];
  for (const [name, entry] of Object.entries(SERVICES)) {
    if (name !== 'iam' && options.services && !options.services.includes(name as ServiceName)) continue;
    const factory = await entry.load();
    if (!factory) continue;
    const { service, peer } = factory(context);
    if (entry.peer) registry.add(entry.peer, peer);
    services.push(service);
  }
  const iam = registry.peers.iam as AccessControl;
  const dispatcher = new Dispatcher({
    region: context.region,
    clock: context.clock,
    services: new Map(services.map((service) => [service.signingName, service])),
    gatekeeper: iam,
    faults,
    calls,
    report,
  });
  front = await startFront({
    port: options.port ?? 0,
    largestBodyBytes: options.largestBodyBytes ?? LARGEST_BODY_BYTES,
    dispatch: (request, hungUp) => dispatcher.dispatch(request, hungUp),
  });
  for (const service of services) await service.start?.();
  return { context, iam, services, front, faults, calls, work };
}

const isSteered = (clock: Clock): clock is SteeredClock => 'settleWith' in clock;
