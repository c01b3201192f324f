import type { HostProvider } from '../host.ts';
import { PluginError } from '../plugin-error.ts';
import type { AwsPort } from '../preflight/aws-port.ts';
import { portThrough } from './port-through.ts';
import { requestAws } from './request-aws.ts';
import { sdkAws } from './sdk-aws.ts';

/** The provider's own way to AWS, with its credentials and region. Throws {@link PluginError} for a framework that has neither way. */
export async function frameworkAws(
  provider: HostProvider,
  openSdk: (config: Record<string, unknown>) => Promise<AwsPort> = sdkAws,
): Promise<AwsPort> {
  // osls 4 still has request(), which only throws.
  if (provider.getAwsSdkV3Config) return openSdk(await provider.getAwsSdkV3Config());
  if (provider.request)
    return requestOrSdk(requestAws(provider.request.bind(provider)), async () => openSdk(await configOf(provider)));
  throw new PluginError(
    'LAMPLIGHTER_FRAMEWORK',
    'This framework gives plugins no way to AWS; serverless-lamplighter works with osls 3 and 4, and Serverless 3 and 4.',
  );
}

/** With `SLS_AWS_SDK=3` the requests of Serverless 4 know eleven services, and SSM is none of them. */
const NOT_KNOWN = ['AWS_V3_UNSUPPORTED_SERVICE', 'AWS_V3_CLIENT_NOT_FOUND', 'AWS_V3_COMMAND_NOT_FOUND'];

/** Asks by the framework's requests, and by clients of our own what those do not know. */
function requestOrSdk(requests: AwsPort, openSdk: () => Promise<AwsPort>): AwsPort {
  let sdk: Promise<AwsPort> | undefined;
  return portThrough(async (_question, put) => {
    try {
      return await put(requests);
    } catch (error) {
      if (!NOT_KNOWN.includes(String((error as { code?: unknown }).code))) throw error;
      sdk ??= openSdk();
      return put(await sdk);
    }
  });
}

interface Credentials {
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
}

/** The provider's credentials as clients of SDK v3 take them; where it has none, those clients look for their own. */
async function configOf(provider: HostProvider): Promise<Record<string, unknown>> {
  const given = ((await provider.getCredentials?.()) ?? {}) as Credentials & { readonly credentials?: Credentials };
  const { accessKeyId, secretAccessKey, sessionToken } = given.credentials ?? given;
  const region = provider.getRegion();
  if (accessKeyId === undefined || secretAccessKey === undefined) return { region };
  return { region, credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } };
}
