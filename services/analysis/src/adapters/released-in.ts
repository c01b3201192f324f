import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { COMPARED } from '../domain/changes/compared-settings.ts';
import type { Released } from '../domain/changes/released.ts';
import { wholeText } from '../domain/changes/setting-text.ts';

/** What Lambda says `$LATEST` is, with its settings by the names and in the words that a trail has for them; nothing where it does not tell when that was modified. */
export function releasedIn(configuration: FunctionConfiguration = {}): { readonly released?: Released } {
  const { LastModified, CodeSha256 } = configuration;
  const modifiedAt = Date.parse(LastModified ?? '');
  if (Number.isNaN(modifiedAt)) return {};
  const settings = Object.entries(settingsIn(configuration)).filter(([, value]) => value !== undefined);
  return {
    released: {
      modifiedAt,
      ...(CodeSha256 !== undefined && { codeSha256: CodeSha256 }),
      settings: Object.fromEntries(settings.map(([name, value]) => [name, wholeText(value)])),
    },
  };
}

const settingsIn = (configuration: FunctionConfiguration): Record<(typeof COMPARED)[number], unknown> => ({
  memorySize: configuration.MemorySize,
  timeout: configuration.Timeout,
  runtime: configuration.Runtime,
  handler: configuration.Handler,
  role: configuration.Role,
  layers: configuration.Layers?.map(({ Arn }) => Arn),
  architectures: configuration.Architectures,
  ephemeralStorage: configuration.EphemeralStorage && { size: configuration.EphemeralStorage.Size },
  vpcConfig: vpcIn(configuration),
});

function vpcIn({ VpcConfig: { SubnetIds = [], SecurityGroupIds = [] } = {} }: FunctionConfiguration) {
  if (SubnetIds.length === 0) return undefined;
  return { subnetIds: SubnetIds, securityGroupIds: SecurityGroupIds };
}
