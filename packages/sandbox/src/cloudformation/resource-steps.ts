import { createHash } from 'node:crypto';
import type { CreatedResource, ResourceProvider, ResourceRequest } from '../core/service.ts';
import type { DeployedResource, StackRecord } from './stack.ts';
import type { TemplateResource } from './template.ts';

/** Changes the resources of one stack, one at a time, and keeps its record true after each step. */
export class ResourceSteps {
  readonly #record: StackRecord;
  readonly #providerOf: (type: string) => ResourceProvider;
  readonly #fresh: string[] = [];
  readonly #replaced = new Set<string>();

  constructor(record: StackRecord, providerOf: (type: string) => ResourceProvider) {
    this.#record = record;
    this.#providerOf = providerOf;
  }

  /** Brings one resource to its definition: keeps, updates, replaces or creates it. `dependencies` are those it refers to. */
  async apply(
    definition: TemplateResource,
    request: ResourceRequest,
    dependencies: ReadonlySet<string>,
  ): Promise<CreatedResource> {
    const old = this.#record.resources.get(request.logicalId);
    const provider = this.#providerOf(definition.Type);
    const stale = [...dependencies].some((name) => this.#replaced.has(name));
    if (!old) return this.#create(provider, definition, request);
    if (!stale && (await isUnchanged(old, definition, request))) return old.created;
    if (!stale && old.definition.Type === definition.Type && provider.update) {
      return this.#keep(definition, request, (watched) => provider.update!(old.created, watched));
    }
    await this.#deleteWithDependents(request.logicalId);
    this.#replaced.add(request.logicalId);
    return this.#create(provider, definition, request);
  }

  /** Deletes what this deployment created, newest first: the way back from a failure. */
  async undo(): Promise<void> {
    for (const logicalId of this.#fresh.reverse()) await this.#delete(logicalId, ['Retain']);
  }

  /** Deletes a resource, unless its deletion policy keeps it. */
  delete(logicalId: string): Promise<void> {
    return this.#delete(logicalId, ['Retain', 'RetainExceptOnCreate']);
  }

  async #delete(logicalId: string, keeping: readonly string[]): Promise<void> {
    const deployed = this.#record.resources.get(logicalId);
    if (!deployed) return;
    const { definition, request, created } = deployed;
    if (!keeping.includes(definition.DeletionPolicy ?? 'Delete')) {
      await named(request, definition, async () => this.#providerOf(definition.Type).delete?.(created, request));
    }
    this.#record.resources.delete(logicalId);
  }

  async #create(
    provider: ResourceProvider,
    definition: TemplateResource,
    request: ResourceRequest,
  ): Promise<CreatedResource> {
    const created = await this.#keep(definition, request, (watched) => provider.create(watched));
    this.#fresh.push(request.logicalId);
    return created;
  }

  /** Carries a step out and records its result, with the artifacts that it read. */
  async #keep(
    definition: TemplateResource,
    request: ResourceRequest,
    step: (watched: ResourceRequest) => Promise<CreatedResource>,
  ): Promise<CreatedResource> {
    const artifacts = new Map<string, string>();
    const artifact = async (s3Key: string): Promise<Buffer> => {
      const content = await request.artifact(s3Key);
      artifacts.set(s3Key, sha256(content));
      return content;
    };
    const created = await named(request, definition, () => step({ ...request, artifact }));
    this.#record.resources.set(request.logicalId, { definition, request, created, artifacts });
    return created;
  }

  /** What was made from a resource goes before it: a permission is part of the function that is replaced. */
  async #deleteWithDependents(logicalId: string): Promise<void> {
    const doomed = new Set([logicalId]);
    // Creation order: whatever depends on a resource comes after it.
    for (const [other, { definition }] of this.#record.resources) {
      const text = JSON.stringify([definition.Properties, definition.DependsOn]);
      if ([...doomed].some((name) => mentions(text, name))) doomed.add(other);
    }
    for (const name of [...doomed].reverse()) {
      const { definition, request, created } = this.#record.resources.get(name)!;
      await named(request, definition, async () => this.#providerOf(definition.Type).delete?.(created, request));
      this.#record.resources.delete(name);
      this.#replaced.add(name);
    }
  }
}

/** Whether the text of a definition names a logical id, in a Ref, a GetAtt, a Sub or a DependsOn. */
const mentions = (text: string, logicalId: string): boolean =>
  new RegExp(`(?<![A-Za-z0-9])${logicalId}(?![A-Za-z0-9])`).test(text);

/** Same type, same properties, and the same content behind each key: a rebuilt function keeps its key. */
async function isUnchanged(
  old: DeployedResource,
  definition: TemplateResource,
  request: ResourceRequest,
): Promise<boolean> {
  if (old.definition.Type !== definition.Type) return false;
  if (JSON.stringify(old.request.properties) !== JSON.stringify(request.properties)) return false;
  for (const [s3Key, hash] of old.artifacts) {
    if (sha256(await request.artifact(s3Key)) !== hash) return false;
  }
  return true;
}

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

/** Says which resource failed. */
async function named<T>(request: ResourceRequest, { Type }: TemplateResource, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Stack ${request.stackName}, resource ${request.logicalId} (${Type}): ${reason}`, { cause });
  }
}
