export { createLambda } from './create-lambda.ts';
export type { LambdaOptions } from './lambda-core.ts';
