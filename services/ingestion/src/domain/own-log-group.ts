/** Lamplighter's own services; their log groups are never watched, or each line ingested would write the next. */
const OWN_SERVICES = ['backbone', 'ingestion', 'analysis', 'prediction', 'remediation', 'alerting', 'console'];

/** Whether a log group belongs to a function of Lamplighter itself: `/aws/lambda/lamplighter-<service>-…`. */
export function isOwnLogGroup(logGroup: string, ownPrefix: string): boolean {
  return OWN_SERVICES.some((service) => logGroup.startsWith(`${ownPrefix}${service}-`));
}
