/** The settings that two looks at a function compare, by the names that Lambda's API and a trail give them. What else a call sets only the call tells. */
export const COMPARED = [
  'memorySize',
  'timeout',
  'runtime',
  'handler',
  'role',
  'layers',
  'architectures',
  'ephemeralStorage',
  'vpcConfig',
] as const;
