/** Lines for the owner's serverless.yml. The key under `functions:` is the owner's; the deployed name stands beside it. */
export function functionPatch(
  functionName: string,
  settings: Readonly<Record<string, string | number | boolean>>,
): string {
  const lines = Object.entries(settings).map(([key, value]) => `    ${key}: ${value}`);
  return ['functions:', `  your-function: # deployed as ${functionName}`, ...lines, ''].join('\n');
}
