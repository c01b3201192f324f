/**
 * What Serverless 4 gives plugins, as far as this one depends on it, read from its sources (serverless/serverless, packages/serverless,
 * lib/plugins/aws/package/index.js, deploy/index.js, lib/plugins/package/package.js and lib/aws/v3/client-factory.js, version 4.x of 2026).
 */
export const SERVERLESS_4 = {
  lifecycle: {
    package: [
      ...['cleanup', 'initialize', 'setupProviderConfiguration', 'createDeploymentArtifacts', 'compileLayers'],
      ...['compileFunctions', 'compileEvents', 'finalize'],
    ],
    'aws:package:finalize': [
      ...['addExportNameForOutputs', 'mergeCustomProviderResources'],
      ...['stripNullPropsFromTemplateResources', 'saveServiceState'],
    ],
    'aws:deploy:deploy': ['createStack', 'checkForChanges', 'uploadArtifacts', 'validateTemplate', 'updateStack'],
  },
  /** Those that `provider.request` knows with `SLS_AWS_SDK=3`. */
  servicesOfSdk3: [
    ...['S3', 'STS', 'ECR', 'CloudFormation', 'CloudWatch', 'CloudWatchLogs', 'Lambda', 'IAM', 'APIGateway'],
    ...['ApiGatewayV2', 'IoT'],
  ],
} as const;
