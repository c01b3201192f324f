import type { StackResource, StackView } from '../stack-view.ts';
import { valueAt } from '../template.ts';

const CUSTOM_RESOURCES =
  /^CustomDashresourceDash(existingDashs3|existingDashcup|eventDashbridge|apigwDashcwDashrole)LambdaFunction$/;

/** Functions that the framework adds for its own deploys: CloudFormation waits for their answer, and an error fails the deploy. */
export const isOfFramework = ({ logicalId }: StackResource): boolean => CUSTOM_RESOURCES.test(logicalId);

/** `<prefix>/<service>/<stage>/<milliseconds>-<ISO time>/<file>`, as osls 3 and 4 write it. The prefix is the service's to choose. */
const UPLOADED_BY_FRAMEWORK = /\/\d+-\d{4}-\d\d-\d\dT[\d:.]+Z\/[^/]+$/;

/**
 * Whether a function is one of `functions`, not written under `resources`: the framework uploads its code. That of an image lies anywhere,
 * but the framework publishes a version of it, named by a hash, unless `versionFunctions` is off.
 */
export function isCompiledByFramework(stack: StackView, fn: StackResource): boolean {
  const key = valueAt(fn.Properties, 'Code.S3Key');
  if (key !== undefined) return typeof key === 'string' && UPLOADED_BY_FRAMEWORK.test(key);
  if (valueAt(fn.Properties, 'Code.ImageUri') === undefined) return false;
  const [, name] = /^(.+)LambdaFunction$/.exec(fn.logicalId) ?? [];
  const versionId = new RegExp(`^${name}LambdaVersion[0-9A-Za-z]{32,}$`);
  return name !== undefined && stack.ofType('AWS::Lambda::Version').some(({ logicalId }) => versionId.test(logicalId));
}
