import { expect, test } from '@jest/globals';
import { assessCoverage } from './assess-coverage.ts';
import { renderCoverage, summariseCoverage } from './render-coverage.ts';

test('tells by service what is watched, what is not and how to mend it', () => {
  const Resources = {
    Book: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'book' } },
    Filter: { Type: 'AWS::Logs::SubscriptionFilter', Properties: { LogGroupName: '/aws/lambda/book' } },
    Clicks: { Type: 'AWS::Kinesis::Stream' },
    Bus: { Type: 'AWS::Events::EventBus' },
    Pool: { Type: 'AWS::Cognito::UserPool' },
  };
  const exemptions = [{ resource: 'Bus', reason: 'a toy' }];

  expect(renderCoverage(assessCoverage({ Resources }, { exemptions }))).toEqual([
    'Lambda',
    '  + Book  failures: subscription of its logs (Filter)',
    'Kinesis',
    '  - Clicks',
    '      lag: not watched, readers may fall behind and writers be throttled, and nobody sees it',
    '        mend: have the functions that read it watched, or put an alarm on GetRecords.IteratorAgeMilliseconds',
    'EventBridge',
    '  o Bus',
    '      events: exempt, a toy',
    'not assessed: AWS::Cognito::UserPool (Pool)',
    'monitoring coverage 50 %: 1 of 2 resources watched, 1 exempt, 1 not assessed (AWS::Cognito::UserPool)',
  ]);
});

test('no control or direction character of a template reaches the terminal', () => {
  const Resources = { 'a\u001b[31m\u202eb\n': { Type: 'AWS::Lambda::Function' } };
  const text = renderCoverage(assessCoverage({ Resources })).join('');
  expect(summariseCoverage(assessCoverage({ Resources: { A: { Type: 'AWS::\u001b[31m' } } }))).toMatch(/AWS::\ufffd/);
  expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});
