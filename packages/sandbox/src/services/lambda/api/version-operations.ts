import { json, noContent, type RestInput, type RestOperation } from '../../../core/rest-operation.ts';
import { type AliasInput, createAlias, getAlias, updateAlias } from '../functions/alias.ts';
import type { LambdaCore } from '../lambda-core.ts';
import { page } from './page.ts';
import { aliasShape, configurationShape } from './shapes.ts';
import { functionPermission, targetOf } from './target.ts';

const FUNCTION = '/2015-03-31/functions/{FunctionName}';
const ALIAS = `${FUNCTION}/aliases/{Name}`;

/** Versions and the aliases that point at them. */
export function versionOperations(core: LambdaCore): Record<string, RestOperation> {
  const onFunction = (action: string) => (input: RestInput) => functionPermission(core, action, input);
  const named = (input: RestInput) => ({ record: targetOf(core, input).record, name: input.path.Name as string });
  return {
    PublishVersion: {
      method: 'POST',
      route: `${FUNCTION}/versions`,
      permissions: onFunction('lambda:PublishVersion'),
      handle({ input }) {
        const { record } = targetOf(core, input);
        const description = input.body.Description as string | undefined;
        return json(configurationShape(core, core.functions.publish(record, description)), 201);
      },
    },
    ListVersionsByFunction: {
      method: 'GET',
      route: `${FUNCTION}/versions`,
      permissions: onFunction('lambda:ListVersionsByFunction'),
      handle({ input }) {
        const { record } = targetOf(core, input);
        const { items, marker } = page(input, [record.latest, ...record.versions.values()]);
        return json({ Versions: items.map((item) => configurationShape(core, item, '$LATEST')), ...marker });
      },
    },
    CreateAlias: {
      method: 'POST',
      route: `${FUNCTION}/aliases`,
      permissions: onFunction('lambda:CreateAlias'),
      handle({ input }) {
        const { record } = targetOf(core, input);
        return json(aliasShape(core, record.name, createAlias(record, input.body as AliasInput)), 201);
      },
    },
    ListAliases: {
      method: 'GET',
      route: `${FUNCTION}/aliases`,
      permissions: onFunction('lambda:ListAliases'),
      handle({ input }) {
        const { record } = targetOf(core, input);
        const { items, marker } = page(input, [...record.aliases.values()]);
        return json({ Aliases: items.map((alias) => aliasShape(core, record.name, alias)), ...marker });
      },
    },
    GetAlias: {
      method: 'GET',
      route: ALIAS,
      permissions: onFunction('lambda:GetAlias'),
      handle({ input }) {
        const { record, name } = named(input);
        return json(aliasShape(core, record.name, getAlias(record, name)));
      },
    },
    UpdateAlias: {
      method: 'PUT',
      route: ALIAS,
      permissions: onFunction('lambda:UpdateAlias'),
      handle({ input }) {
        const { record, name } = named(input);
        return json(aliasShape(core, record.name, updateAlias(record, name, input.body as AliasInput)));
      },
    },
    DeleteAlias: {
      method: 'DELETE',
      route: ALIAS,
      permissions: onFunction('lambda:DeleteAlias'),
      handle({ input }) {
        const { record, name } = named(input);
        record.aliases.delete(name);
        return noContent();
      },
    },
  };
}
