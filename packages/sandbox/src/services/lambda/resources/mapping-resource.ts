import type { ResourceProvider } from '../../../core/service.ts';
import { mappingArn } from '../api/mapping-operations.ts';
import type { MappingInput } from '../event-sources/mapping-settings.ts';
import type { MappingStore } from '../event-sources/mapping-store.ts';
import type { LambdaCore } from '../lambda-core.ts';

/** `AWS::Lambda::EventSourceMapping` */
export function mappingResource(core: LambdaCore, mappings: MappingStore): ResourceProvider {
  const created = (uuid: string) => ({
    ref: uuid,
    attributes: { Id: uuid, EventSourceMappingArn: mappingArn(core, uuid) },
  });
  return {
    create: async ({ properties }) => created((await mappings.create(properties as MappingInput)).uuid),
    update: async ({ ref }, { properties }) => created(mappings.update(ref, properties as MappingInput).uuid),
    async delete({ ref }) {
      mappings.delete(ref);
    },
  };
}
