import { usdOf } from '../price-book.ts';
import { type Charge, type ChargeRule, monthly, type PricedResource } from './charge-rule.ts';
import { isRecord } from './template.ts';

/** Alarms that look at data of less than a minute are billed as high resolution. */
const STANDARD_PERIOD_SECONDS = 60;
/** An anomaly detection alarm is billed for the metric and the two edges of its band. */
const METRICS_PER_BAND = 3;

/** What CloudWatch, KMS, Secrets Manager, Parameter Store and WAF resources cost by existing. */
export const WATCH_CHARGES: Readonly<Record<string, ChargeRule>> = {
  'AWS::CloudWatch::Alarm': chargeAlarm,
  'AWS::CloudWatch::CompositeAlarm': () => perMonth(1, 'cloudwatch.alarm_composite', 'composite alarm'),
  'AWS::CloudWatch::InsightRule': () =>
    perMonth(1, 'cloudwatch.contributor_insights_rule', 'Contributor Insights rule'),
  'AWS::KMS::Key': () => perMonth(1, 'kms.key', 'key'),
  'AWS::KMS::ReplicaKey': () => perMonth(1, 'kms.key', 'key'),
  'AWS::SecretsManager::Secret': () => perMonth(1, 'secretsmanager.secret', 'secret'),
  'AWS::SSM::Parameter': (resource) => {
    if (resource.text('Tier', 'Standard') === 'Advanced')
      throw resource.unpriced('the price book holds no advanced parameters.');
    return { basis: 'none', monthlyUsd: 0, why: 'a standard parameter is free of charge' };
  },
  'AWS::WAFv2::WebACL': (resource) => {
    const rules = resource.list('Rules').length;
    return monthly(usdOf('waf.web_acl') + rules * usdOf('waf.rule'), `an ACL with ${rules} rules`);
  },
};

function perMonth(count: number, key: Parameters<typeof usdOf>[0], what: string): Charge {
  return monthly(count * usdOf(key), `${count} ${what}${count === 1 ? '' : 's'} at $${usdOf(key)} per month`);
}

function chargeAlarm(resource: PricedResource): Charge {
  const queries = resource.parts('Metrics');
  const expressions = queries.map((query) => String(query.raw('Expression') ?? ''));
  if (expressions.some((expression) => /^\s*SELECT\b/i.test(expression))) {
    throw resource.unpriced('how many metrics its query analyses is known only once it runs.');
  }
  const statistics = queries.filter((query) => isRecord(query.raw('MetricStat')));
  const metrics =
    Math.max(1, statistics.length) *
    (expressions.some((text) => text.includes('ANOMALY_DETECTION_BAND')) ? METRICS_PER_BAND : 1);
  const periods =
    queries.length > 0
      ? statistics.map((query) => query.number('MetricStat.Period', STANDARD_PERIOD_SECONDS))
      : [resource.number('Period', STANDARD_PERIOD_SECONDS)];
  const isHighResolution = periods.some((period) => period < STANDARD_PERIOD_SECONDS);
  return perMonth(
    metrics,
    isHighResolution ? 'cloudwatch.alarm_high_resolution' : 'cloudwatch.alarm_standard',
    'alarm metric',
  );
}
