import { ApiError, type ServiceContext } from '../../../core/service.ts';
import type { LoggingSettings } from './execution-log.ts';

export interface LoggingConfiguration {
  readonly level?: LoggingSettings['level'];
  readonly includeExecutionData?: boolean;
  readonly destinations?: readonly { readonly cloudWatchLogsLogGroup?: { readonly logGroupArn?: string } }[];
}

/** Throws `InvalidLoggingConfiguration`, and `AccessDeniedException` unless the role may set up a log delivery. */
export function readLogging(
  { level = 'OFF', includeExecutionData = false, destinations = [] }: LoggingConfiguration,
  roleArn: string,
  { peers }: ServiceContext,
): LoggingSettings | undefined {
  if (!['ALL', 'ERROR', 'FATAL', 'OFF'].includes(level)) throw invalid(`The log level ${level} is not known.`);
  if (level === 'OFF') return undefined;
  const arn = destinations[0]?.cloudWatchLogsLogGroup?.logGroupArn ?? '';
  const [, logGroup = ''] = /^arn:[^:]+:logs:[^:]+:\d+:log-group:([^:]+)(?::\*)?$/.exec(arn) ?? [];
  if (destinations.length !== 1 || !arn.endsWith(':*') || logGroup === '') {
    throw invalid("Must specify exactly one Log Destination, by its log group's ARN that ends in :*.");
  }
  if (!peers.logs.hasLogGroup(logGroup)) throw invalid(`The log group ${logGroup} does not exist.`);
  try {
    peers.iam.assertRoleAllows(roleArn, 'logs:CreateLogDelivery', '*');
  } catch {
    throw new ApiError(
      'AccessDeniedException',
      'The state machine IAM Role is not authorized to access the Log Destination',
    );
  }
  return { level, includesData: includeExecutionData, logGroup };
}

function invalid(reason: string): ApiError {
  return new ApiError('InvalidLoggingConfiguration', `Invalid Logging Configuration: ${reason}`);
}
