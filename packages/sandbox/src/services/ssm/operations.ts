import type { JsonOperation } from '../../core/protocols/json-protocol.ts';
import { ApiError, type RequiredPermission, type ServiceContext } from '../../core/service.ts';
import type { Parameter, ParameterStore, ParameterType } from './parameter-store.ts';
import { boundTo, DEFAULT_KEY, openValue, parameterArn, sealValue } from './secure-value.ts';

interface PutInput {
  readonly Name: string;
  readonly Value: string;
  readonly Type?: ParameterType;
  readonly KeyId?: string;
  readonly Overwrite?: boolean;
  readonly Description?: string;
}
type NameInput = { readonly Name: string; readonly WithDecryption?: boolean };
type NamesInput = { readonly Names: readonly string[]; readonly WithDecryption?: boolean };
interface PathInput {
  readonly Path: string;
  readonly Recursive?: boolean;
  readonly WithDecryption?: boolean;
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

const TYPES: readonly string[] = ['String', 'StringList', 'SecureString'];
/** A standard parameter holds 4 KB. */
const LARGEST_VALUE_BYTES = 4096;
const MOST_NAMES = 10;

/** Parameter Store: put, get, delete, list by path. Versions other than the newest, labels and policies are not kept. */
export function ssmOperations(store: ParameterStore, context: ServiceContext): Readonly<Record<string, JsonOperation>> {
  const resource = (name: string) => parameterArn(context, text(name, 'Name'));
  const on = (action: string) => (input: NameInput) => [{ action: `ssm:${action}`, resource: resource(input.Name) }];
  /** Who reads or writes a SecureString under a key of his own needs that key, too. */
  const keyUse = (
    action: string,
    name: string,
    keyId: string | undefined,
    asked = true,
  ): readonly RequiredPermission[] =>
    asked && keyId !== undefined ? context.peers.kms.permissions(action, keyId, boundTo(context, name)) : [];
  const toDecrypt = (name: string, asked: boolean | undefined) =>
    keyUse('Decrypt', name, store.find(name)?.keyId, asked === true);
  const onEach = (action: string) => (input: NamesInput) =>
    names(input).flatMap((name) => [
      { action: `ssm:${action}`, resource: resource(name) },
      ...toDecrypt(name, input.WithDecryption),
    ]);
  const shown = (parameter: Parameter, decrypt = false) => ({
    Name: parameter.name,
    Type: parameter.type,
    Value: decrypt ? openValue(context, parameter) : parameter.value,
    Version: parameter.version,
    LastModifiedDate: parameter.modifiedAt / 1000,
    ARN: parameterArn(context, parameter.name),
    DataType: 'text',
  });
  return {
    PutParameter: {
      permissions: (input: PutInput) => [...on('PutParameter')(input), ...keyUse('Encrypt', input.Name, input.KeyId)],
      handle: (input: PutInput) => {
        const { version } = putParameter(store, context, input);
        return { Version: version, Tier: 'Standard' };
      },
    },
    GetParameter: {
      permissions: (input: NameInput) => [...on('GetParameter')(input), ...toDecrypt(input.Name, input.WithDecryption)],
      handle: (input: NameInput) => ({ Parameter: shown(store.get(input.Name), input.WithDecryption) }),
    },
    GetParameters: {
      permissions: onEach('GetParameters'),
      handle: (input: NamesInput) => ({
        Parameters: input.Names.flatMap((name) => store.find(name) ?? []).map((one) =>
          shown(one, input.WithDecryption),
        ),
        InvalidParameters: input.Names.filter((name) => !store.find(name)),
      }),
    },
    GetParametersByPath: {
      permissions: (input: PathInput) => [
        { action: 'ssm:GetParametersByPath', resource: resource(text(input.Path, 'Path').replace(/(?<=.)\/$/, '')) },
        ...store
          .below(input.Path, input.Recursive === true)
          .flatMap(({ name }) => toDecrypt(name, input.WithDecryption)),
      ],
      handle: (input: PathInput) => {
        const found = store.below(input.Path, input.Recursive === true);
        const start = input.NextToken === undefined ? 0 : found.findIndex(({ name }) => name > input.NextToken!);
        const page = start < 0 ? [] : found.slice(start, start + pageSize(input.MaxResults));
        const isLast = start < 0 || start + page.length >= found.length;
        return {
          Parameters: page.map((one) => shown(one, input.WithDecryption)),
          ...(isLast ? {} : { NextToken: page.at(-1)!.name }),
        };
      },
    },
    DeleteParameter: {
      permissions: on('DeleteParameter'),
      handle: (input: NameInput) => {
        store.get(input.Name);
        store.delete(input.Name);
      },
    },
    DeleteParameters: {
      permissions: onEach('DeleteParameters'),
      handle: (input: NamesInput) => {
        const deleted = input.Names.filter((name) => store.delete(name));
        return { DeletedParameters: deleted, InvalidParameters: input.Names.filter((name) => !deleted.includes(name)) };
      },
    },
  };
}

/** Checks, encrypts where it is a SecureString, and stores; used by the wire and by CloudFormation. */
export function putParameter(store: ParameterStore, context: ServiceContext, input: PutInput): Parameter {
  const value = text(input.Value, 'Value');
  const existing = store.find(text(input.Name, 'Name'));
  const type = input.Type ?? existing?.type;
  if (!type) throw new ApiError('ValidationException', 'A parameter type is required when you create a parameter.');
  if (!TYPES.includes(type))
    throw new ApiError('ValidationException', `The parameter type ${type} is not one of ${TYPES.join(', ')}.`);
  if (Buffer.byteLength(value) > LARGEST_VALUE_BYTES) {
    throw new ApiError(
      'ValidationException',
      `Standard tier parameters support a maximum parameter value of ${LARGEST_VALUE_BYTES} characters.`,
    );
  }
  const keyId = type === 'SecureString' ? (input.KeyId ?? DEFAULT_KEY) : undefined;
  return store.put(
    {
      name: input.Name,
      type,
      value: keyId ? sealValue(context, input.Name, value, keyId) : value,
      ...(keyId ? { keyId } : {}),
      ...(input.Description === undefined ? {} : { description: input.Description }),
      modifiedAt: context.clock.now(),
    },
    input.Overwrite === true,
  );
}

function names(input: NamesInput): readonly string[] {
  if (Array.isArray(input.Names) && input.Names.length >= 1 && input.Names.length <= MOST_NAMES) return input.Names;
  throw new ApiError('ValidationException', `Names must have between 1 and ${MOST_NAMES} members.`);
}

function text(value: unknown, member: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new ApiError('ValidationException', `${member} is required and must be text.`);
}

const pageSize = (asked: number | undefined): number => Math.min(Math.max(asked ?? MOST_NAMES, 1), MOST_NAMES);
