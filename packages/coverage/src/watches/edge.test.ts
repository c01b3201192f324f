import { describe, expect, test } from '@jest/globals';
import { assessCoverage } from '../assess-coverage.ts';
import { alarm, aspectsOf, filter, fn, group, heard, type Resources, ref, resourceOf } from '../testing/templates.ts';
import { edgeFunctions } from './edge.ts';

const version = resourceOf('AWS::Lambda::Version', { FunctionName: ref('Book') });
/** Calls a version of `Book` at the edge. */
const distribution = (behaviours: Record<string, unknown>) =>
  resourceOf('AWS::CloudFront::Distribution', { DistributionConfig: behaviours });
const associated = { LambdaFunctionAssociations: [{ EventType: 'viewer-request', LambdaFunctionARN: ref('Version') }] };
const edge = { Book: fn(), Version: version, Page: distribution({ DefaultCacheBehavior: associated }) };
const on5xx = (id: string) => alarm('AWS/CloudFront', '5xxErrorRate', 'DistributionId', ref(id));

describe('a function that CloudFront calls at the edge', () => {
  test.each<[string, Resources, string]>([
    ['a filter on its group, which nothing writes to', { ...edge, G: group, F: filter(ref('G')) }, ''],
    ['an alarm on its errors here', { ...edge, A: alarm('AWS/Lambda', 'Errors', 'FunctionName', ref('Book')) }, ''],
    ['an alarm on what viewers get', { ...edge, A: on5xx('Page') }, 'alarm A'],
    [
      'an alarm on one of two distributions',
      { ...edge, Other: distribution({ CacheBehaviors: [{}, associated] }), A: on5xx('Page') },
      '',
    ],
    [
      'a filter, where the distribution calls another function',
      { ...heard, Version: resourceOf('AWS::Lambda::Version', { FunctionName: 'other' }), Page: edge.Page },
      'subscription Heard',
    ],
  ])('its failures are seen by %s', (_name, resources, watchedBy) => {
    expect(aspectsOf('Book', resources)).toEqual({ failures: watchedBy });
  });

  test('the account-wide round does not reach the edge, and the owner is told why', () => {
    const { resources } = assessCoverage({ Resources: edge }, { accountWatched: true });
    const [failures] = resources.find(({ logicalId }) => logicalId === 'Book')?.aspects ?? [];
    expect(failures).toMatchObject({ watchedBy: [], why: expect.stringContaining('/aws/lambda/us-east-1.<name>') });
  });

  test('is named, and no other', () => {
    expect(edgeFunctions({ Resources: { ...edge, Other: fn({ FunctionName: 'shop-other' }) } })).toEqual(
      new Set(['Book']),
    );
  });
});
