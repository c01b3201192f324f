/** What a template says of a log group's name. */
export interface GroupName {
  /** Where it says it in full. */
  readonly name?: string;
  /** It is put together by CloudFormation (`Fn::Sub`, a parameter): nobody can ask for the group before. */
  readonly isNameComputed?: true;
}

/**
 * A group without a name is given one that nobody else knows: there is nothing to ask.
 * @param known the name, where the template says all of it
 */
export function groupName(logGroupName: unknown, known: string | undefined): GroupName {
  if (known !== undefined) return { name: known };
  return logGroupName === undefined ? {} : { isNameComputed: true };
}
