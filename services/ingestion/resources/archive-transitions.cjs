/** Days that events lie where they can be read at once. */
const READABLE_DAYS = 365;
/** Glacier bills each object for so long at least: https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html */
const LEAST_GLACIER_DAYS = 90;

/**
 * The storage classes of the archive. To Glacier only where it is kept there for what Glacier bills at least; S3 refuses a transition that is not before the
 * expiration: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-configuration-examples.html
 */
module.exports = async ({ resolveVariable }) => {
  const archiveDays = Number(await resolveVariable('param:archiveDays'));
  const tiering = { StorageClass: 'INTELLIGENT_TIERING', TransitionInDays: 0 };
  const glacier = { StorageClass: 'GLACIER', TransitionInDays: READABLE_DAYS };
  return archiveDays >= READABLE_DAYS + LEAST_GLACIER_DAYS ? [tiering, glacier] : [tiering];
};
