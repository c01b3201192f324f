import { randomUUID } from 'node:crypto';
import { invalidParameter, preconditionFailed, resourceConflict, resourceNotFound } from '../lambda-errors.ts';
import type { Alias, FunctionRecord } from './function-store.ts';

export interface AliasInput {
  readonly Name?: string;
  readonly FunctionVersion?: string;
  readonly Description?: string;
  readonly RoutingConfig?: RoutingInput;
  readonly RevisionId?: string;
}

/** The API writes a map, a template writes a list. */
interface RoutingInput {
  readonly AdditionalVersionWeights?:
    | Readonly<Record<string, number>>
    | readonly { readonly FunctionVersion: string; readonly FunctionWeight: number | string }[];
}

export function createAlias(record: FunctionRecord, input: AliasInput): Alias {
  const name = input.Name ?? '';
  if (!/^(?!^\d+$)[A-Za-z0-9-_]{1,128}$/.test(name)) throw invalidParameter(`'${name}' is not the name of an alias.`);
  if (record.aliases.has(name)) throw resourceConflict(`Alias already exists: ${name}`);
  return store(
    record,
    { name, functionVersion: '', description: '', additionalVersionWeights: {}, revisionId: '' },
    input,
  );
}

export function updateAlias(record: FunctionRecord, name: string, input: AliasInput): Alias {
  const alias = getAlias(record, name);
  if (input.RevisionId !== undefined && input.RevisionId !== alias.revisionId)
    throw preconditionFailed(
      'The RevisionId provided does not match the latest RevisionId. Call the GetAlias API to retrieve the latest RevisionId for your alias.',
    );
  return store(record, alias, input);
}

export function getAlias(record: FunctionRecord, name: string): Alias {
  const alias = record.aliases.get(name);
  if (!alias) throw resourceNotFound(`Cannot find alias arn for ${record.name}:${name}`);
  return alias;
}

function store(record: FunctionRecord, base: Alias, input: AliasInput): Alias {
  const alias: Alias = {
    ...base,
    functionVersion: input.FunctionVersion ?? base.functionVersion,
    description: input.Description ?? base.description,
    additionalVersionWeights: input.RoutingConfig ? weights(input.RoutingConfig) : base.additionalVersionWeights,
    revisionId: randomUUID(),
  };
  for (const version of [alias.functionVersion, ...Object.keys(alias.additionalVersionWeights)])
    assertVersion(record, version);
  record.aliases.set(alias.name, alias);
  return alias;
}

function assertVersion(record: FunctionRecord, version: string): void {
  if (version !== '$LATEST' && !record.versions.has(version)) {
    throw resourceNotFound(`Function not found: ${record.name}:${version || '(no version)'}`);
  }
}

function weights({ AdditionalVersionWeights: given = {} }: RoutingInput): Record<string, number> {
  const entries: (readonly [string, number])[] = Array.isArray(given)
    ? given.map(({ FunctionVersion, FunctionWeight }) => [FunctionVersion, Number(FunctionWeight)] as const)
    : Object.entries(given as Readonly<Record<string, number>>);
  if (entries.some(([, weight]) => !(weight >= 0 && weight <= 1)))
    throw invalidParameter('A version weight is between 0.0 and 1.0.');
  return Object.fromEntries(entries);
}
