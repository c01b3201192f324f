import { randomUUID } from 'node:crypto';
import type { LambdaCore } from '../lambda-core.ts';
import { invalidParameter, resourceConflict, resourceNotFound } from '../lambda-errors.ts';
import type { Mapping, SourceReader } from './mapping.ts';
import { type MappingInput, mappingSettings } from './mapping-settings.ts';
import { startQueueReader } from './queue-reader.ts';
import { startStreamReader } from './stream-reader.ts';

interface Running {
  readonly mapping: Mapping;
  readonly reader: SourceReader;
}

/** Event source mappings and the readers that serve them. */
export class MappingStore {
  readonly #core: LambdaCore;
  readonly #running = new Map<string, Running>();

  constructor(core: LambdaCore) {
    this.#core = core;
  }

  async create(input: MappingInput): Promise<Mapping> {
    const settings = mappingSettings(input);
    const functionArn = this.#core.functions.resolve(settings.functionName).arn;
    const twin = this.all().find(
      (mapping) => mapping.functionArn === functionArn && mapping.settings.eventSourceArn === settings.eventSourceArn,
    );
    if (twin) {
      throw resourceConflict(
        `An event source mapping with ${settings.source} arn ("${settings.eventSourceArn}") and function ("${settings.functionName}") ` +
          `already exists. Please update or delete the existing mapping with UUID ${twin.uuid}`,
      );
    }
    const mapping: Mapping = {
      uuid: randomUUID(),
      functionArn,
      settings,
      lastModified: this.#core.context.clock.now(),
      lastProcessingResult: 'No records processed',
      isDeleted: false,
    };
    const reader =
      settings.source === 'sqs' ? startQueueReader(this.#core, mapping) : await startStreamReader(this.#core, mapping);
    this.#running.set(mapping.uuid, { mapping, reader });
    reader.wake();
    return mapping;
  }

  get(uuid: string): Mapping {
    return this.#find(uuid).mapping;
  }

  all(): readonly Mapping[] {
    return [...this.#running.values()].map(({ mapping }) => mapping);
  }

  /** Changes take effect with the next batch; where reading stands is kept. */
  update(uuid: string, input: MappingInput): Mapping {
    const { mapping, reader } = this.#find(uuid);
    const settings = mappingSettings(input, mapping.settings);
    if (this.#core.functions.resolve(settings.functionName).arn !== mapping.functionArn) {
      throw invalidParameter('The sandbox cannot point an event source mapping at another function.');
    }
    mapping.settings = settings;
    mapping.lastModified = this.#core.context.clock.now();
    reader.wake();
    return mapping;
  }

  delete(uuid: string): Mapping {
    const { mapping, reader } = this.#find(uuid);
    mapping.isDeleted = true;
    reader.stop();
    this.#running.delete(uuid);
    return mapping;
  }

  stop(): void {
    for (const { mapping } of [...this.#running.values()]) this.delete(mapping.uuid);
  }

  #find(uuid: string): Running {
    const running = this.#running.get(uuid);
    if (!running) throw resourceNotFound('The resource you requested does not exist.');
    return running;
  }
}
