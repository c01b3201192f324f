import { LambdaClient } from '@aws-sdk/client-lambda';

/** Where nobody names a region. */
const DEFAULT_REGION = 'us-east-1';

/** What may name the region of a deployment. */
export interface RegionNames {
  readonly option?: string | undefined;
  readonly env: { readonly AWS_REGION?: string | undefined; readonly AWS_DEFAULT_REGION?: string | undefined };
  /** That of a running sandbox. */
  readonly running?: string | undefined;
}

/** The region that is meant, looked for as the AWS CLI does: what was typed, the environment, then the profile. */
export async function regionOf(
  { option, env, running }: RegionNames,
  ofProfile: () => Promise<string | undefined> = profileRegion,
): Promise<string> {
  const named = option ?? (env.AWS_REGION || running || env.AWS_DEFAULT_REGION);
  return named || (await ofProfile()) || DEFAULT_REGION;
}

/** The region of the profile that the SDK takes its credentials from; undefined where it names none. */
async function profileRegion(): Promise<string | undefined> {
  const client = new LambdaClient({});
  try {
    return await client.config.region();
  } catch {
    return undefined; // The SDK's "Region is missing": there is no such file, profile or line.
  } finally {
    client.destroy();
  }
}
