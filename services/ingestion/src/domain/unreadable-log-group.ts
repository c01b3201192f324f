/** A log group that this role may not read: a stated gap of its functions, and nobody else's trouble. */
export class UnreadableLogGroup extends Error {
  override readonly name = 'UnreadableLogGroup';

  constructor(logGroup: string, options?: ErrorOptions) {
    super(`${logGroup} may not be read: it begins with none of backfilledLogGroupPrefixes.`, options);
  }
}
