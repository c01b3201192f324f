import { createHash } from 'node:crypto';
import path from 'node:path';
import { ApiError, type CreatedResource, type ResourceProvider, type ServiceContext } from '../core/service.ts';
import { creationOrder } from './creation-order.ts';
import { resolveParameters } from './parameters.ts';
import { conditionHolds } from './resolve-conditions.ts';
import { resolveValue } from './resolve-value.ts';
import { ResourceSteps } from './resource-steps.ts';
import type { Scope } from './scope.ts';
import { type Deployment, type Stack, type StackOutput, type StackRecord, viewOf } from './stack.ts';
import { checkTemplate, type Template } from './template.ts';

/** The account's stacks: deploys templates through the providers of the services, and keeps what they export. */
export class Stacks {
  readonly #context: ServiceContext;
  readonly #providers = new Map<string, ResourceProvider>();
  readonly #stacks = new Map<string, StackRecord>();

  constructor(context: ServiceContext) {
    this.#context = context;
  }

  /** Adds the resource types of a service. */
  provide(resources: Readonly<Record<string, ResourceProvider>>): void {
    for (const [type, provider] of Object.entries(resources)) this.#providers.set(type, provider);
  }

  list(): readonly StackRecord[] {
    return [...this.#stacks.values()];
  }

  /** Throws `ValidationError` where there is no such stack. Takes a name or a stack id. */
  get(nameOrId: string): StackRecord {
    const record = this.#stacks.get(nameOrId) ?? this.list().find(({ id }) => id === nameOrId);
    if (!record) throw new ApiError('ValidationError', `Stack with id ${nameOrId} does not exist`);
    return record;
  }

  /**
   * Creates a stack, or brings an existing one to a new template: what is gone is deleted, what is new created, what is unchanged kept.
   * Everything that can be refused is refused before anything is created; what fails half-way is undone. A resource that an update
   * replaced stays replaced when a later one fails.
   */
  async deploy(deployment: Deployment): Promise<Stack> {
    const { stackName, template } = deployment;
    checkTemplate(template);
    this.#checkTypes(template);
    const existing = this.#stacks.get(stackName);
    const record = existing ?? this.#newRecord(deployment);
    const resources = new Map<string, CreatedResource>();
    const imports = new Set<string>();
    const scope = this.#scope(record, deployment, resources, imports);
    const order = creationOrder(scope);
    const steps = new ResourceSteps(record, (type) => this.#provider(type));
    this.#stacks.set(stackName, record);
    record.status = existing ? 'UPDATE_IN_PROGRESS' : 'CREATE_IN_PROGRESS';
    try {
      for (const [logicalId, dependencies] of order) {
        const definition = template.Resources[logicalId]!;
        const request = this.#request(logicalId, deployment, scope);
        resources.set(logicalId, await steps.apply(definition, request, dependencies));
      }
      const outputs = this.#outputs(scope);
      for (const logicalId of [...record.resources.keys()].reverse()) {
        if (!order.has(logicalId)) await steps.delete(logicalId);
      }
      reorder(record.resources, [...order.keys()]);
      Object.assign(record, { template, outputs, imports, parameters: deployment.parameters ?? {} });
    } catch (error) {
      await steps.undo();
      record.status = 'UPDATE_ROLLBACK_FAILED';
      if (!existing) this.#stacks.delete(stackName);
      throw error;
    }
    record.status = existing ? 'UPDATE_COMPLETE' : 'CREATE_COMPLETE';
    if (existing) record.updatedAt = this.#context.clock.now();
    return viewOf(record);
  }

  /** Deletes a stack's resources, newest first; refused while another stack imports what it exports. */
  async remove(stackName: string): Promise<void> {
    const record = this.get(stackName);
    for (const { exportName } of record.outputs.values()) {
      const importer = this.list().find(({ imports }) => exportName !== undefined && imports.has(exportName));
      if (importer) {
        throw new ApiError(
          'ValidationError',
          `Export ${exportName} cannot be deleted as it is in use by ${importer.name}`,
        );
      }
    }
    const steps = new ResourceSteps(record, (type) => this.#provider(type));
    for (const logicalId of [...record.resources.keys()].reverse()) await steps.delete(logicalId);
    this.#stacks.delete(record.name);
  }

  /** Exported values of every stack, by export name. */
  exports(): ReadonlyMap<string, { readonly value: string; readonly stackId: string }> {
    return new Map(
      this.list().flatMap(({ id, outputs }) =>
        [...outputs.values()].flatMap(({ exportName, value }) =>
          exportName === undefined ? [] : [[exportName, { value, stackId: id }] as const],
        ),
      ),
    );
  }

  #provider(type: string): ResourceProvider {
    const provider = this.#providers.get(type);
    if (!provider) throw new Error(`The sandbox does not provide the resource type ${type}.`);
    return provider;
  }

  #checkTypes(template: Template): void {
    const unknown = Object.entries(template.Resources).filter(([, { Type }]) => !this.#providers.has(Type));
    if (unknown.length === 0) return;
    const named = unknown.map(([logicalId, { Type }]) => `${Type} (${logicalId})`).join(', ');
    throw new Error(`The sandbox does not provide the resource type ${named}.`);
  }

  #newRecord({ stackName, template }: Deployment): StackRecord {
    const { accountId, region, clock } = this.#context;
    return {
      name: stackName,
      id: `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/${stableUuid(`${accountId}/${region}/${stackName}`)}`,
      status: 'CREATE_IN_PROGRESS',
      template,
      parameters: {},
      resources: new Map(),
      outputs: new Map(),
      imports: new Set(),
      createdAt: clock.now(),
    };
  }

  #scope(
    record: StackRecord,
    { template, stackName, parameters = {} }: Deployment,
    resources: ReadonlyMap<string, CreatedResource>,
    imports: Set<string>,
  ): Scope {
    const { accountId, region, peers } = this.#context;
    const ssmValue = (name: string) => peers.ssm.value(name).value;
    const secretValue = (...of: Parameters<typeof peers.secretsManager.value>) =>
      peers.secretsManager.value(...of).text;
    return {
      template,
      accountId,
      region,
      stackName,
      stackId: record.id,
      parameters: resolveParameters(template, parameters, ssmValue),
      resources,
      ssmValue,
      secretValue,
      imported: (exportName) => {
        const exported = this.exports().get(exportName);
        if (!exported) throw new Error(`No export named ${exportName} found.`);
        imports.add(exportName);
        return exported.value;
      },
    };
  }

  #request(logicalId: string, { template, stackName, artifact }: Deployment, scope: Scope) {
    const properties = template.Resources[logicalId]!.Properties ?? {};
    return {
      logicalId,
      stackName,
      properties: resolveIn(`resource ${logicalId}`, stackName, () => resolveValue(properties, scope)) as Record<
        string,
        unknown
      >,
      artifact: async (s3Key: string): Promise<Buffer> => {
        if (!artifact) throw new Error(`The deployment comes without artifacts, and the template names ${s3Key}.`);
        return artifact(path.posix.basename(s3Key));
      },
    };
  }

  #outputs(scope: Scope): ReadonlyMap<string, StackOutput> {
    const outputs = new Map<string, StackOutput>();
    for (const [name, output] of Object.entries(scope.template.Outputs ?? {})) {
      if (output.Condition !== undefined && !conditionHolds(output.Condition, scope)) continue;
      const resolved = (node: unknown) => resolveIn(`output ${name}`, scope.stackName, () => resolveValue(node, scope));
      const exportName = output.Export && String(resolved(output.Export.Name));
      const other = exportName === undefined ? undefined : this.exports().get(exportName);
      if (other && other.stackId !== scope.stackId)
        throw new Error(`Export with name ${exportName} is already exported by another stack.`);
      outputs.set(name, {
        value: String(resolved(output.Value)),
        ...(output.Description === undefined ? {} : { description: output.Description }),
        ...(exportName === undefined ? {} : { exportName }),
      });
    }
    return outputs;
  }
}

/** A stack is deleted in the reverse of the order that its newest template gives. */
function reorder<V>(map: Map<string, V>, order: readonly string[]): void {
  const entries = order.map((name) => [name, map.get(name)!] as const);
  map.clear();
  for (const [name, value] of entries) map.set(name, value);
}

/** Says where in the template a value could not be resolved. */
function resolveIn<T>(place: string, stackName: string, resolve: () => T): T {
  try {
    return resolve();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Stack ${stackName}, ${place}: ${reason}`, { cause });
  }
}

/** The id of a stack is the same on every run. */
function stableUuid(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
