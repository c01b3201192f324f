import { PluginError } from '../plugin-error.ts';
import type { AwsPort } from '../preflight/aws-port.ts';
import { portThrough } from './port-through.ts';

/** What each question asks of AWS, as IAM names it. */
const RIGHTS: Readonly<Record<keyof AwsPort, string>> = {
  parameter: 'ssm:GetParameter',
  filters: 'logs:DescribeSubscriptionFilters',
  group: 'logs:DescribeLogGroups',
  accountPolicies: 'logs:DescribeAccountPolicies',
  deployedTemplate: 'cloudformation:GetTemplate',
};

const DENIED = /AccessDenied|Unauthorized|NotAuthorized|Forbidden/i;

/** The same way to AWS, whose errors are one line each that names the right that may lack. */
export function toldAws(aws: AwsPort): AwsPort {
  return portThrough(async (question, put) => {
    try {
      return await put(aws);
    } catch (error) {
      if (error instanceof PluginError) throw error;
      throw told(RIGHTS[question], error);
    }
  });
}

function told(right: string, error: unknown): PluginError {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : String(error);
  const isDenied = DENIED.test(code) || /not authorized/i.test(message);
  return new PluginError(
    'LAMPLIGHTER_AWS',
    isDenied
      ? `Whoever deploys lacks the right ${right} (${code}: ${message}). The README of serverless-lamplighter lists those that a deploy needs.`
      : `AWS was asked for ${right}, which failed (${code}: ${message}). Deploy again, or set custom.lamplighter.enabled to false to deploy without Lamplighter.`,
    { cause: error },
  );
}

/** The frameworks wrap errors of SDK v2: their code is at `providerError.code`. Those of SDK v3 are named by it. */
export function codeOf(error: unknown): string {
  const { providerError, code, name } = (error ?? {}) as {
    providerError?: { code?: unknown };
    code?: unknown;
    name?: unknown;
  };
  const known = [providerError?.code, name === 'Error' ? undefined : name, code, name];
  return String(known.find((each) => typeof each === 'string') ?? 'Error');
}
