import type { CoverageRule, ServiceRules } from '../coverage-rule.ts';
import { valueAt } from '../template.ts';
import { alarmsOn } from '../watches/alarms.ts';

const ERRORS = {
  namespace: 'AWS/CloudFront',
  dimension: 'DistributionId',
  metrics: ['TotalErrorRate', '4xxErrorRate', '5xxErrorRate', '502ErrorRate', '503ErrorRate', '504ErrorRate'],
} as const;

const distributionRule: CoverageRule = (distribution, stack) => {
  const logged = valueAt(distribution.Properties, 'DistributionConfig.Logging.Bucket') !== undefined;
  return [
    {
      aspect: 'requests',
      watchedBy: [
        ...alarmsOn(stack, distribution, ERRORS),
        ...(logged ? [{ kind: 'access-log' as const, through: [] }] : []),
      ],
      why: 'errors at the edge reach no function, and leave nothing behind',
      mend: 'DistributionConfig: { Logging: { Bucket: … } }, or an alarm on its 5xxErrorRate (in us-east-1)',
    },
  ];
};

export const CLOUDFRONT: ServiceRules = {
  service: 'CloudFront',
  rules: { 'AWS::CloudFront::Distribution': distributionRule },
};
