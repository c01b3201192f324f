import type { Stacks } from './cloudformation/stacks.ts';
import { BackgroundWork } from './core/background-work.ts';
import { FaultPlan } from './core/faults/fault-plan.ts';
import { faultedPeer } from './core/faults/faulted-peer.ts';
import { CallLog } from './core/front/call-log.ts';
import { Dispatcher } from './core/front/dispatcher.ts';
import { type Front, startFront } from './core/front/front.ts';
import { PeerRegistry } from './core/peer-registry.ts';
import type { AwsService, ServiceContext, WebDoor, WireRequest, WireResponse } from './core/service.ts';
import type { Clock } from './core/time/clock.ts';
import type { SteeredClock } from './core/time/steered-clock.ts';
import { systemClock } from './core/time/system-clock.ts';
import type { AccessControl } from './iam/access-control.ts';
import type { SandboxOptions } from './sandbox-options.ts';
import { SERVICES, type ServiceName } from './services.ts';

const LARGEST_BODY_BYTES = 128 * 1024 * 1024;

/** What a running sandbox consists of. */
export interface SandboxParts {
  readonly context: ServiceContext;
  readonly iam: AccessControl;
  readonly stacks: Stacks;
  /** In the order of their start. */
  readonly services: readonly AwsService[];
  readonly front: Front;
  readonly faults: FaultPlan;
  readonly calls: CallLog;
  readonly work: BackgroundWork;
}

/** Makes the services known to each other, opens the front, and starts them; what began is stopped again where one fails. */
export async function startParts(options: SandboxOptions): Promise<SandboxParts> {
  const registry = new PeerRegistry();
  const work = new BackgroundWork();
  const faults = new FaultPlan();
  const calls = new CallLog();
  let endpoint: string | undefined;
  const context: ServiceContext = {
    accountId: options.accountId ?? '123456789012',
    region: options.region ?? 'us-east-1',
    clock: options.clock ?? systemClock,
    endpoint: () => {
      if (endpoint === undefined)
        throw new Error('The sandbox does not listen yet: ask for its endpoint when a call needs it.');
      return endpoint;
    },
    peers: registry.peers,
    track: work.track,
    report: options.report ?? ((error) => console.error('sandbox:', error)),
    faults,
    ...(options.settings ? { settings: options.settings } : {}),
  };
  if (isSteered(context.clock)) context.clock.settleWith(() => work.settle());
  for (const fault of options.faults ?? []) faults.inject(fault);

  const { services, iam, stacks } = await createServices(context, registry, faults, options.services);
  const front = await openFront(options, { context, services, iam, faults, calls });
  endpoint = front.endpoint;
  const parts = { context, iam, stacks, services, front, faults, calls, work };
  try {
    for (const service of services) await service.start?.();
  } catch (error) {
    await stopParts(parts);
    throw error;
  }
  return parts;
}

/** Stops listening, lets go of every fault, and stops the services in the reverse order of their start. */
export async function stopParts({ faults, front, services }: SandboxParts): Promise<void> {
  faults.clear();
  await front.stop();
  for (const service of services.toReversed()) await service.stop?.();
}

async function createServices(
  context: ServiceContext,
  registry: PeerRegistry,
  faults: FaultPlan,
  asked: readonly ServiceName[] | undefined,
): Promise<Pick<SandboxParts, 'services' | 'iam' | 'stacks'>> {
  const services: AwsService[] = [];
  const emulated = new Map<ServiceName, unknown>();
  // One after the other: jest's module loader loses files that two dynamic imports ask for at once ("request for … is not in cache").
  for (const [name, entry] of serviceEntries(asked)) {
    const { service, peer } = (await entry.load())(context);
    if (entry.peer) registry.add(entry.peer, faultedPeer(entry.peer, peer, faults, context.clock));
    emulated.set(name, peer);
    services.push(service);
  }
  const stacks = emulated.get('cloudformation') as Stacks;
  for (const { resources } of services) stacks.provide(resources);
  return { services, stacks, iam: emulated.get('iam') as AccessControl };
}

function openFront(
  options: SandboxOptions,
  parts: Pick<SandboxParts, 'context' | 'services' | 'iam' | 'faults' | 'calls'>,
): Promise<Front> {
  const dispatcher = new Dispatcher({
    region: parts.context.region,
    clock: parts.context.clock,
    services: new Map(parts.services.map((service) => [service.signingName, service])),
    gatekeeper: parts.iam,
    faults: parts.faults,
    calls: parts.calls,
    report: parts.context.report,
  });
  const doors = parts.services.flatMap(({ door }) => (door ? [door] : []));
  return startFront({
    port: options.port ?? 0,
    largestBodyBytes: options.largestBodyBytes ?? LARGEST_BODY_BYTES,
    now: () => parts.context.clock.now(),
    dispatch: (request, hungUp) => {
      const door = doors.find((one) => one.owns(request));
      return door ? atDoor(door, request, parts.context.report) : dispatcher.dispatch(request, hungUp);
    },
  });
}

async function atDoor(door: WebDoor, request: WireRequest, report: (error: unknown) => void): Promise<WireResponse> {
  try {
    return await door.serve(request);
  } catch (error) {
    report(error);
    return {
      status: 500,
      headers: { 'content-type': 'application/json' },
      body: '{"message":"Internal Server Error"}',
    };
  }
}

/** The asked-for services in their order of starting; IAM and CloudFormation always. */
function serviceEntries(asked: readonly ServiceName[] | undefined) {
  const entries = Object.entries(SERVICES) as [ServiceName, (typeof SERVICES)[ServiceName]][];
  return entries.filter(([name]) => !asked || name === 'iam' || name === 'cloudformation' || asked.includes(name));
}

const isSteered = (clock: Clock): clock is SteeredClock => 'settleWith' in clock;
