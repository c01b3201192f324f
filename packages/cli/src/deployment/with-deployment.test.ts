import { expect, test } from '@jest/globals';
import { placeOf } from './with-deployment.ts';

test.each([
  [{}, ''],
  [{ stage: 'prod', region: 'eu-west-1' }, ' --stage prod --region eu-west-1'],
  [{ endpoint: 'http://127.0.0.1:4566', json: true as const }, ' --endpoint http://127.0.0.1:4566'],
])('%j is typed as "%s"', (options, text) => {
  expect(placeOf(options)).toBe(text);
});
