import { json, noContent, type RestInput, type RestOperation } from '../../../core/protocols/rest-operation.ts';
import { createFunction, deleteFunction, reconfigure, replaceCode } from '../functions/create-function.ts';
import type { CodePackage } from '../functions/function-configuration.ts';
import type { FunctionSettings } from '../functions/function-settings.ts';
import type { FunctionRecord } from '../functions/function-store.ts';
import type { LambdaCore } from '../lambda-core.ts';
import { invalidParameter, preconditionFailed } from '../lambda-errors.ts';
import { page } from './page.ts';
import { configurationShape } from './shapes.ts';
import { functionPermission, targetOf } from './target.ts';

const FUNCTION = '/2015-03-31/functions/{FunctionName}';

interface CodeInput {
  readonly ZipFile?: string;
  readonly S3Bucket?: string;
  readonly S3Key?: string;
}

/** Functions themselves: create, read, change, delete. */
export function functionOperations(core: LambdaCore): Record<string, RestOperation> {
  const onFunction = (action: string) => (input: RestInput) => functionPermission(core, action, input);
  return {
    CreateFunction: {
      method: 'POST',
      route: '/2015-03-31/functions',
      permissions: ({ body }) => [
        { action: 'lambda:CreateFunction', resource: core.functions.arn(String(body.FunctionName)) },
        {
          action: 'iam:PassRole',
          resource: String(body.Role),
          context: { 'iam:PassedToService': 'lambda.amazonaws.com' },
        },
      ],
      async handle({ input: { body } }) {
        const code = await packageFrom(core, (body.Code ?? {}) as CodeInput);
        const tags = (body.Tags ?? {}) as Record<string, string>;
        const request = { functionName: String(body.FunctionName), settings: body as FunctionSettings, code, tags };
        return json(configurationShape(core, createFunction(core, request).latest), 201);
      },
    },
    ListFunctions: {
      method: 'GET',
      route: '/2015-03-31/functions',
      permissions: () => [{ action: 'lambda:ListFunctions', resource: '*' }],
      handle({ input }) {
        const isAll = input.query.get('FunctionVersion') === 'ALL';
        const all = core.functions
          .all()
          .flatMap(({ latest, versions }) => (isAll ? [latest, ...versions.values()] : [latest]));
        const { items, marker } = page(input, all);
        return json({
          Functions: items.map((item) => configurationShape(core, item, isAll ? '$LATEST' : undefined)),
          ...marker,
        });
      },
    },
    GetFunction: {
      method: 'GET',
      route: FUNCTION,
      permissions: onFunction('lambda:GetFunction'),
      handle({ input }) {
        const { configuration, qualifier, record } = targetOf(core, input);
        const { reservedConcurrency } = record;
        return json({
          Configuration: configurationShape(core, configuration, qualifier),
          Code: { RepositoryType: 'S3' },
          ...(Object.keys(record.tags).length > 0 ? { Tags: record.tags } : {}),
          ...(reservedConcurrency === undefined
            ? {}
            : { Concurrency: { ReservedConcurrentExecutions: reservedConcurrency } }),
        });
      },
    },
    GetFunctionConfiguration: {
      method: 'GET',
      route: `${FUNCTION}/configuration`,
      permissions: onFunction('lambda:GetFunctionConfiguration'),
      handle({ input }) {
        const { configuration, qualifier } = targetOf(core, input);
        return json(configurationShape(core, configuration, qualifier));
      },
    },
    UpdateFunctionConfiguration: {
      method: 'PUT',
      route: `${FUNCTION}/configuration`,
      permissions: onFunction('lambda:UpdateFunctionConfiguration'),
      async handle({ input }) {
        const { record } = targetOf(core, input);
        assertRevision(record, input.body);
        assertEmulated(input.body);
        await reconfigure(core, record, input.body as FunctionSettings);
        return json(configurationShape(core, record.latest));
      },
    },
    UpdateFunctionCode: {
      method: 'PUT',
      route: `${FUNCTION}/code`,
      permissions: onFunction('lambda:UpdateFunctionCode'),
      async handle({ input }) {
        const { record } = targetOf(core, input);
        assertRevision(record, input.body);
        await replaceCode(core, record, await packageFrom(core, input.body as CodeInput));
        const shown = input.body.Publish ? core.functions.publish(record, undefined) : record.latest;
        return json(configurationShape(core, shown));
      },
    },
    DeleteFunction: {
      method: 'DELETE',
      route: FUNCTION,
      permissions: onFunction('lambda:DeleteFunction'),
      async handle({ input }) {
        const { record, qualifier } = targetOf(core, input);
        if (qualifier) {
          record.versions.delete(qualifier);
          await core.provisioned.remove(record.name, qualifier);
        } else await deleteFunction(core, record.name);
        return noContent();
      },
    },
  };
}

const CHANGEABLE = [
  'Runtime',
  'Handler',
  'Role',
  'Description',
  'MemorySize',
  'Timeout',
  'EphemeralStorage',
  'Environment',
  'TracingConfig',
  'LoggingConfig',
  'DeadLetterConfig',
  'KMSKeyArn',
  'RevisionId',
];

/** Refuses, by name, a setting that the sandbox's functions do not have. */
function assertEmulated(body: Readonly<Record<string, unknown>>): void {
  const unknown = Object.keys(body).filter((name) => !CHANGEABLE.includes(name));
  if (unknown.length > 0)
    throw invalidParameter(`The sandbox does not emulate UpdateFunctionConfiguration ${unknown.join(', ')}.`);
}

async function packageFrom(core: LambdaCore, { ZipFile, S3Bucket, S3Key }: CodeInput): Promise<CodePackage> {
  if (ZipFile) return core.code.add(Buffer.from(ZipFile, 'base64'));
  if (S3Bucket && S3Key) return core.code.add(await core.context.peers.s3.get(S3Bucket, S3Key));
  throw invalidParameter('Please provide a source for function code.');
}

function assertRevision({ latest }: FunctionRecord, { RevisionId }: Readonly<Record<string, unknown>>): void {
  if (RevisionId !== undefined && RevisionId !== latest.revisionId) {
    throw preconditionFailed(
      'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id',
    );
  }
}
