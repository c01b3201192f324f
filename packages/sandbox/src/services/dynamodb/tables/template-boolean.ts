/** CloudFormation gives booleans as text. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
