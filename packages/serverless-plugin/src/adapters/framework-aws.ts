import type { HostProvider } from '../host.ts';
import { PluginError } from '../plugin-error.ts';
import type { AwsPort } from '../preflight/aws-port.ts';
import { requestAws } from './request-aws.ts';
import { sdkAws } from './sdk-aws.ts';

/** The provider's own way to AWS, with its credentials and region. Throws {@link PluginError} for a framework that has neither way. */
export async function frameworkAws(provider: HostProvider): Promise<AwsPort> {
  // osls 4 still has request(), which only throws.
  if (provider.getAwsSdkV3Config) return sdkAws(await provider.getAwsSdkV3Config());
  if (provider.request) return requestAws(provider.request.bind(provider));
  throw new PluginError(
    'LAMPLIGHTER_FRAMEWORK',
    'This framework gives plugins no way to AWS; serverless-lamplighter works with osls 3 and 4, and Serverless 3 and 4.',
  );
}
