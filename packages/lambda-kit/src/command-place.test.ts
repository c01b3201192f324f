import { expect, test } from '@jest/globals';
import { commandPlace } from './command-place.ts';

test('a deployment is found by its stage and its region, one at another address by that', () => {
  expect(commandPlace('prod', { AWS_REGION: 'eu-west-1' })).toBe(' --stage prod --region eu-west-1');
  expect(commandPlace('dev', { AWS_REGION: 'eu-west-1', AWS_ENDPOINT_URL: 'http://127.0.0.1:4566' })).toBe(
    ' --stage dev --endpoint http://127.0.0.1:4566',
  );
});
