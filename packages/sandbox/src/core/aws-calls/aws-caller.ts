import type { Json } from '../protocols/json.ts';
import type { ServiceContext } from '../service.ts';
import { AWS_SERVICES, commandOf, type SdkModule } from './aws-services.ts';
import { fromSdkOutput, operationSchemas, toSdkInput } from './sdk-shapes.ts';
import { WITHOUT_LOG } from './without-log.ts';

/** One call of an AWS service on behalf of a role. */
export interface AwsCall {
  /** As after `aws-sdk:`: `dynamodb`. */
  readonly service: string;
  /** `putItem` */
  readonly action: string;
  /** In PascalCase. */
  readonly input: Json;
  readonly roleArn: string;
  /** Who the role's session is named after. */
  readonly sessionName: string;
  readonly signal?: AbortSignal;
}

export interface AwsAnswer {
  readonly output: Json;
  readonly requestId: string;
}

interface SdkClient {
  send(
    command: unknown,
    options: { readonly abortSignal?: AbortSignal },
  ): Promise<{ readonly $metadata: { readonly requestId?: string } }>;
  destroy(): void;
}

/** At most this many calls of one role and service are under way at once; the SDK's own default is 50. */
const MOST_CONNECTIONS = 1_000;

/**
 * Calls AWS services over the sandbox's own wire with keys of a role, so that signature, IAM, faults and the log of calls are those of
 * any other caller. What fails, fails as the SDK reports it; nothing is tried twice.
 */
export class AwsCaller {
  readonly #context: ServiceContext;
  readonly #clients = new Map<string, SdkClient>();
  readonly #keys = new Set<string>();
  readonly #modules = new Map<string, SdkModule>();
  readonly #forgetCrashes: (() => void) | undefined;

  constructor(context: ServiceContext) {
    this.#context = context;
    // The caller is a service of AWS, which no crash ends: it loses the connection alone.
    this.#forgetCrashes = context.faults?.onCrash((accessKeyId) => this.#keys.has(accessKeyId));
  }

  /** The SDK of a service, loaded once; undefined for a service that the sandbox does not have. */
  async load(service: string): Promise<SdkModule | undefined> {
    const known = this.#modules.get(service);
    if (known || !Object.hasOwn(AWS_SERVICES, service)) return known;
    const module = await AWS_SERVICES[service]!.load();
    this.#modules.set(service, module);
    return module;
  }

  loaded(service: string): SdkModule | undefined {
    return this.#modules.get(service);
  }

  /** Shown as background work while it is under way. */
  call(call: AwsCall): Promise<AwsAnswer> {
    return this.#context.track(this.#call(call));
  }

  /** The body of an answer that has one: an object of S3. */
  bytes(call: AwsCall): Promise<Buffer> {
    return this.#context.track(
      this.#send(call).then(async ({ answer }) => {
        const { Body } = answer as unknown as { readonly Body: { transformToByteArray(): Promise<Uint8Array> } };
        return Buffer.from(await Body.transformToByteArray());
      }),
    );
  }

  stop(): void {
    this.#forgetCrashes?.();
    for (const client of this.#clients.values()) client.destroy();
    for (const key of this.#keys) this.#context.peers.iam.revoke(key);
    this.#clients.clear();
  }

  async #call(call: AwsCall): Promise<AwsAnswer> {
    const { answer, schema } = await this.#send(call);
    return { output: await fromSdkOutput(schema, answer), requestId: answer.$metadata.requestId ?? '' };
  }

  async #send({ service, action, input, roleArn, sessionName, signal }: AwsCall) {
    const module = await this.load(service);
    const Command = module && commandOf(module, action);
    if (!module || !Command) throw new Error(`The sandbox does not emulate ${service}:${action}.`);
    const schemas = operationSchemas(new Command({}).schema);
    const command = new Command(toSdkInput(schemas.input, input) as object);
    const client = this.#clientOf(service, module, roleArn, sessionName);
    return { answer: await client.send(command, signal ? { abortSignal: signal } : {}), schema: schemas.output };
  }

  #clientOf(service: string, module: SdkModule, roleArn: string, sessionName: string): SdkClient {
    const id = `${service} ${roleArn}`;
    const known = this.#clients.get(id);
    if (known) return known;
    const credentials = this.#context.peers.iam.issueCredentials(roleArn, sessionName);
    this.#keys.add(credentials.accessKeyId);
    const Client = module[AWS_SERVICES[service]!.client] as new (settings: object) => SdkClient;
    const client = new Client({
      endpoint: this.#context.endpoint(),
      region: this.#context.region,
      credentials,
      maxAttempts: 1,
      ...WITHOUT_LOG,
      // The loopback address has no names below it: `sync-127.0.0.1`.
      disableHostPrefix: true,
      ...(service === 's3' ? { forcePathStyle: true } : {}),
      // Kinesis alone speaks HTTP/2, which has no such limit.
      ...(service === 'kinesis'
        ? {}
        : { requestHandler: { httpAgent: { keepAlive: true, maxSockets: MOST_CONNECTIONS } } }),
    });
    this.#clients.set(id, client);
    return client;
  }
}
