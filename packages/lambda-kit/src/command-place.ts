/**
 * The options by which a `lamplighter` in a terminal finds the deployment that this function is of, as they are typed after a command: ` --stage prod --region
 * eu-west-1`, or the address, where that is not AWS's own.
 */
export function commandPlace(stage: string, env: NodeJS.ProcessEnv = process.env): string {
  const { AWS_ENDPOINT_URL: endpoint, AWS_REGION: region } = env;
  const where = endpoint ? ` --endpoint ${endpoint}` : region ? ` --region ${region}` : '';
  return ` --stage ${stage}${where}`;
}
