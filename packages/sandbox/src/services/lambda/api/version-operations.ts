import { json, noContent, type RestInput, type RestOperation } from '../../../core/protocols/rest-operation.ts';
import { type AliasInput, createAlias, getAlias, updateAlias } from '../functions/alias.ts';
import type { LambdaCore } from '../lambda-core.ts';
import { invalidParameter, preconditionFailed } from '../lambda-errors.ts';
import { page } from './page.ts';
import { aliasShape, configurationShape } from './shapes.ts';
import { functionPermission, targetOf } from './target.ts';

const FUNCTION = '/2015-03-31/functions/{FunctionName}';
const ALIAS = `${FUNCTION}/aliases/{Name}`;
const STALE_REVISION =
  'The RevisionId provided does not match the latest RevisionId. Call the GetFunction/GetAlias API to retrieve the latest RevisionId';

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
        const { Description, RevisionId, CodeSha256 } = input.body as Readonly<Record<string, string | undefined>>;
        const { revisionId, code } = record.latest;
        if (RevisionId !== undefined && RevisionId !== revisionId) throw preconditionFailed(STALE_REVISION);
        if (CodeSha256 !== undefined && CodeSha256 !== code.sha256)
          throw invalidParameter(
            `CodeSHA256 (${CodeSha256}) is different from current CodeSHA256 in $LATEST (${code.sha256}). Please try again with the CodeSHA256 in $LATEST.`,
          );
        return json(configurationShape(core, core.functions.publish(record, Description)), 201);
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
        const alias = updateAlias(record, name, input.body as AliasInput);
        core.provisioned.aliasChanged(record, name);
        return json(aliasShape(core, record.name, alias));
      },
    },
    DeleteAlias: {
      method: 'DELETE',
      route: ALIAS,
      permissions: onFunction('lambda:DeleteAlias'),
      async handle({ input }) {
        const { record, name } = named(input);
        record.aliases.delete(name);
        await core.provisioned.remove(record.name, name);
        return noContent();
      },
    },
  };
}
