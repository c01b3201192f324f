import type { StackResource } from '../stack-view.ts';

const CUSTOM_RESOURCES =
  /^CustomDashresourceDash(existingDashs3|existingDashcup|eventDashbridge|apigwDashcwDashrole)LambdaFunction$/;

/** Functions that the framework adds for its own deploys: CloudFormation waits for their answer, and an error fails the deploy. */
export const isOfFramework = ({ logicalId }: StackResource): boolean => CUSTOM_RESOURCES.test(logicalId);
