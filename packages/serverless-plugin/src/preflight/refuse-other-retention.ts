import { PluginError } from '../plugin-error.ts';
import type { AwsPort } from './aws-port.ts';

/**
 * `deploy --package` ships a template that was written without asking which log groups are new. Throws {@link PluginError} where one is
 * there already and keeps its logs for another time: CloudWatch Logs would delete them, or keep what it was to delete, and nobody said that
 * it should.
 */
export async function refuseOtherRetention(
  groups: readonly { readonly name: string; readonly days: number }[],
  aws: AwsPort,
): Promise<void> {
  for (const { name, days } of groups) {
    const existing = await aws.group(name);
    if (existing === undefined || existing.retentionDays === days) continue;
    const kept = existing.retentionDays;
    const loss =
      kept !== undefined && kept < days
        ? `CloudWatch Logs would keep for longer what it deletes after ${kept} ${kept === 1 ? 'day' : 'days'} now`
        : 'CloudWatch Logs would delete what is older, for good';
    throw new PluginError(
      'LAMPLIGHTER_RETENTION',
      `${name} was there before, and this package gives it a retention of ${days} days: ${loss}. Deploy without --package, which leaves it as it is, or package with custom.lamplighter.retentionDays set to false, or to the days that you want (of an excluded function: with its own logRetentionInDays).`,
    );
  }
}
