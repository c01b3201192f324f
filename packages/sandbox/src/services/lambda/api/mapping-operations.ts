import { json, type RestInput, type RestOperation } from '../../../core/protocols/rest-operation.ts';
import type { RequiredPermission } from '../../../core/service.ts';
import type { Mapping } from '../event-sources/mapping.ts';
import type { MappingInput } from '../event-sources/mapping-settings.ts';
import type { MappingStore } from '../event-sources/mapping-store.ts';
import type { LambdaCore } from '../lambda-core.ts';
import { page } from './page.ts';
import { mappingShape } from './shapes.ts';

const MAPPINGS = '/2015-03-31/event-source-mappings';
const MAPPING = `${MAPPINGS}/{UUID}`;

export const mappingArn = ({ context: { region, accountId } }: LambdaCore, uuid: string): string =>
  `arn:aws:lambda:${region}:${accountId}:event-source-mapping:${uuid}`;

/** Event source mappings: the pollers of streams and queues. */
export function mappingOperations(core: LambdaCore, mappings: MappingStore): Record<string, RestOperation> {
  const shape = (mapping: Mapping) => mappingShape(mapping, mappingArn(core, mapping.uuid));
  const uuidOf = ({ path }: RestInput) => path.UUID as string;
  const onMapping =
    (action: string) =>
    (input: RestInput): RequiredPermission[] => [
      { action, resource: mappingArn(core, uuidOf(input)), context: functionContext(core, mappings, uuidOf(input)) },
    ];
  return {
    CreateEventSourceMapping: {
      method: 'POST',
      route: MAPPINGS,
      permissions: ({ body }) => [
        {
          action: 'lambda:CreateEventSourceMapping',
          resource: '*',
          context: { 'lambda:FunctionArn': core.functions.resolve(String(body.FunctionName)).arn },
        },
      ],
      handle: async ({ input }) => json(shape(await mappings.create(input.body as MappingInput)), 202),
    },
    ListEventSourceMappings: {
      method: 'GET',
      route: MAPPINGS,
      permissions: () => [{ action: 'lambda:ListEventSourceMappings', resource: '*' }],
      handle({ input }) {
        const name = input.query.get('FunctionName');
        const source = input.query.get('EventSourceArn');
        const functionArn = name ? core.functions.resolve(name).arn : undefined;
        const found = mappings
          .all()
          .filter((mapping) => functionArn === undefined || mapping.functionArn === functionArn)
          .filter(({ settings }) => source === null || settings.eventSourceArn === source);
        const { items, marker } = page(input, found);
        return json({ EventSourceMappings: items.map(shape), ...marker });
      },
    },
    GetEventSourceMapping: {
      method: 'GET',
      route: MAPPING,
      permissions: onMapping('lambda:GetEventSourceMapping'),
      handle: ({ input }) => json(shape(mappings.get(uuidOf(input)))),
    },
    UpdateEventSourceMapping: {
      method: 'PUT',
      route: MAPPING,
      permissions: onMapping('lambda:UpdateEventSourceMapping'),
      handle: ({ input }) => json(shape(mappings.update(uuidOf(input), input.body as MappingInput)), 202),
    },
    DeleteEventSourceMapping: {
      method: 'DELETE',
      route: MAPPING,
      permissions: onMapping('lambda:DeleteEventSourceMapping'),
      handle: ({ input }) => json(shape(mappings.delete(uuidOf(input))), 202),
    },
  };
}

function functionContext(core: LambdaCore, mappings: MappingStore, uuid: string): Record<string, string> {
  const mapping = mappings.all().find((candidate) => candidate.uuid === uuid);
  return mapping ? { 'lambda:FunctionArn': core.functions.resolve(mapping.functionArn).arn } : {};
}
