import type { AwsPort } from '../preflight/aws-port.ts';

/** Puts a question to some way to AWS, and does something about its failure. */
export type Asker = <T>(question: keyof AwsPort, put: (aws: AwsPort) => Promise<T>) => Promise<T>;

/** The way to AWS that puts every question through one asker. */
export function portThrough(ask: Asker): AwsPort {
  return {
    parameter: (name) => ask('parameter', (aws) => aws.parameter(name)),
    filters: (logGroupName) => ask('filters', (aws) => aws.filters(logGroupName)),
    group: (logGroupName) => ask('group', (aws) => aws.group(logGroupName)),
    accountPolicies: () => ask('accountPolicies', (aws) => aws.accountPolicies()),
    deployedTemplate: (stackName) => ask('deployedTemplate', (aws) => aws.deployedTemplate(stackName)),
  };
}
