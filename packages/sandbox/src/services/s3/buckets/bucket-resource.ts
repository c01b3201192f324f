import { physicalName } from '../../../core/physical-name.ts';
import { refuseUnknownProperties } from '../../../core/provided-property.ts';
import type { ResourceProvider, ServiceContext } from '../../../core/service.ts';
import { NO_NOTIFICATIONS } from '../notifications/notification-configuration.ts';
import { notificationProperty } from '../notifications/notification-property.ts';
import { type XmlContent, xmlDocument } from '../wire/xml.ts';
import type { Bucket } from './bucket.ts';
import { bucketArn } from './bucket-arn.ts';
import { setVersioning } from './bucket-operations.ts';
import type { Buckets } from './buckets.ts';
import { lifecycleDocument } from './lifecycle-document.ts';

type Properties = Readonly<Record<string, unknown>>;

/** Sets what a property of the template says. */
const PROPERTIES: Readonly<Record<string, (bucket: Bucket, value: Properties) => void>> = {
  LifecycleConfiguration: (bucket, value) => bucket.settings.set('lifecycle', lifecycleDocument(value)),
  BucketEncryption: (bucket, value) => bucket.settings.set('encryption', encryptionDocument(value)),
  PublicAccessBlockConfiguration: (bucket, value) =>
    bucket.settings.set('publicAccessBlock', xmlDocument('PublicAccessBlockConfiguration', value)),
  OwnershipControls: (bucket, value) =>
    bucket.settings.set('ownershipControls', xmlDocument('OwnershipControls', { Rule: value.Rules })),
  VersioningConfiguration: (bucket, value) => setVersioning(bucket, value.Status),
  IntelligentTieringConfigurations: (bucket, value) => {
    for (const configuration of value as unknown as Properties[]) {
      bucket.settings.set(`intelligent-tiering/${configuration.Id}`, tieringDocument(configuration));
    }
  },
  Tags: (bucket, value) => bucket.settings.set('tagging', xmlDocument('Tagging', { TagSet: { Tag: value } })),
};

const KNOWN = ['BucketName', 'NotificationConfiguration', ...Object.keys(PROPERTIES)];

/** `AWS::S3::Bucket`. */
export function bucketResource(buckets: Buckets, context: ServiceContext): ResourceProvider {
  return {
    async create({ logicalId, stackName, properties }) {
      refuseUnknownProperties('AWS::S3::Bucket', properties, KNOWN);
      const name = String(properties.BucketName ?? physicalName({ stackName, logicalId }, 63).toLowerCase());
      if (buckets.has(name)) throw new Error(`The bucket ${name} exists already.`);
      const bucket = buckets.create(name);
      applyProperties(bucket, properties);
      await notify(buckets, bucket, properties).catch((error: unknown) => {
        buckets.delete(name);
        throw error;
      });
      return {
        ref: name,
        attributes: {
          Arn: bucketArn(name),
          DomainName: `${name}.s3.amazonaws.com`,
          RegionalDomainName: `${name}.s3.${context.region}.amazonaws.com`,
          DualStackDomainName: `${name}.s3.dualstack.${context.region}.amazonaws.com`,
        },
      };
    },
    async update(created, { properties }) {
      refuseUnknownProperties('AWS::S3::Bucket', properties, KNOWN);
      if (properties.BucketName !== undefined && properties.BucketName !== created.ref) {
        throw new Error(`The sandbox cannot rename the bucket ${created.ref}.`);
      }
      const bucket = buckets.named(created.ref);
      for (const name of [...bucket.settings.keys()]) if (name !== 'policy') bucket.settings.delete(name);
      applyProperties(bucket, properties);
      await notify(buckets, bucket, properties);
      return created;
    },
    async delete(created) {
      buckets.delete(created.ref);
    },
  };
}

async function notify(buckets: Buckets, bucket: Bucket, { NotificationConfiguration }: Properties): Promise<void> {
  const given = NotificationConfiguration as Properties | undefined;
  await buckets.notifier.configure(bucket, given ? notificationProperty(given) : NO_NOTIFICATIONS);
}

function applyProperties(bucket: Bucket, properties: Properties): void {
  for (const [property, apply] of Object.entries(PROPERTIES)) {
    const value = properties[property];
    if (value !== undefined) apply(bucket, value as Properties);
  }
}

/** `AWS::S3::BucketPolicy`: kept for GetBucketPolicy. */
export function bucketPolicyResource(buckets: Buckets): ResourceProvider {
  return {
    async create({ properties }) {
      refuseUnknownProperties('AWS::S3::BucketPolicy', properties, ['Bucket', 'PolicyDocument']);
      const name = String(properties.Bucket);
      buckets.named(name).settings.set('policy', JSON.stringify(properties.PolicyDocument));
      return { ref: name };
    },
    async delete(created) {
      if (buckets.has(created.ref)) buckets.named(created.ref).settings.delete('policy');
    },
  };
}

function encryptionDocument(value: Properties): string {
  const rules = (value.ServerSideEncryptionConfiguration ?? []) as readonly Properties[];
  const Rule = rules.map(({ ServerSideEncryptionByDefault, BucketKeyEnabled, ...unknown }) => {
    refuseUnknownProperties('AWS::S3::Bucket encryption rule', unknown, []);
    return { ApplyServerSideEncryptionByDefault: ServerSideEncryptionByDefault, BucketKeyEnabled };
  });
  return xmlDocument('ServerSideEncryptionConfiguration', { Rule });
}

function tieringDocument({ Id, Status, Prefix, Tierings, ...unknown }: Properties): string {
  refuseUnknownProperties('AWS::S3::Bucket IntelligentTieringConfigurations', unknown, []);
  const content: XmlContent = { Id, Filter: Prefix === undefined ? undefined : { Prefix }, Status, Tiering: Tierings };
  return xmlDocument('IntelligentTieringConfiguration', content);
}
