import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import { s3Error } from '../wire/s3-error.ts';
import { type XmlContent, xmlDocument } from '../wire/xml.ts';

type Properties = Readonly<Record<string, unknown>>;

const RULE_PROPERTIES = [
  'Id',
  'Status',
  'Prefix',
  'ExpirationInDays',
  'ExpiredObjectDeleteMarker',
  'Transitions',
  'NoncurrentVersionExpiration',
  'NoncurrentVersionTransitions',
  'AbortIncompleteMultipartUpload',
];

/** CloudFormation's `LifecycleConfiguration` as the document that GetBucketLifecycleConfiguration answers with. */
export function lifecycleDocument(configuration: Properties): string {
  refuseUnknownProperties('AWS::S3::Bucket LifecycleConfiguration', configuration, ['Rules']);
  const rules = (configuration.Rules ?? []) as readonly Properties[];
  return xmlDocument('LifecycleConfiguration', { Rule: rules.map(lifecycleRule) });
}

function lifecycleRule(rule: Properties): XmlContent {
  refuseUnknownProperties('AWS::S3::Bucket lifecycle rule', rule, RULE_PROPERTIES);
  const { ExpirationInDays: Days, ExpiredObjectDeleteMarker } = rule;
  assertExpiresAfterTransitions(rule);
  const expires = Days !== undefined || ExpiredObjectDeleteMarker !== undefined;
  return {
    ID: rule.Id,
    Filter: { Prefix: rule.Prefix ?? '' },
    Status: rule.Status,
    Transition: transitions(rule.Transitions, 'Days'),
    Expiration: expires ? { Days, ExpiredObjectDeleteMarker } : undefined,
    NoncurrentVersionTransition: transitions(rule.NoncurrentVersionTransitions, 'NoncurrentDays'),
    NoncurrentVersionExpiration: rule.NoncurrentVersionExpiration,
    AbortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload,
  };
}

/** As S3 refuses it: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
function assertExpiresAfterTransitions({ Prefix = '', ExpirationInDays, Transitions }: Properties): void {
  if (ExpirationInDays === undefined) return;
  for (const { TransitionInDays } of (Transitions ?? []) as readonly Properties[]) {
    if (Number(TransitionInDays) < Number(ExpirationInDays)) continue;
    throw s3Error(
      'InvalidArgument',
      `'Days' in the Expiration action for filter '(prefix=${Prefix})' must be greater than 'Days' in the Transition action`,
      400,
    );
  }
}

function transitions(value: unknown, daysName: string): XmlContent[] {
  return ((value ?? []) as readonly Properties[]).map((transition) => {
    refuseUnknownProperties('AWS::S3::Bucket lifecycle transition', transition, ['StorageClass', 'TransitionInDays']);
    return { [daysName]: transition.TransitionInDays, StorageClass: transition.StorageClass };
  });
}
