import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { RULES } from './all-rules.ts';
import { assessCoverage } from './assess-coverage.ts';
import { renderCoverage } from './render-coverage.ts';
import type { Template } from './template.ts';

const TYPES = [...RULES.keys(), 'AWS::Lambda::Permission', 'AWS::CloudWatch::Alarm', 'AWS::Logs::SubscriptionFilter'];
const reference = fc.oneof(
  fc.constantFrom('A', 'B', 'C').map((id) => ({ Ref: id })),
  fc.constantFrom('A', 'B', 'C').map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] })),
);
const properties = fc.dictionary(
  fc.constantFrom('FunctionName', 'EventSourceArn', 'RedrivePolicy', 'Targets', 'Role', 'Dimensions', 'Environment'),
  fc.oneof(
    reference,
    fc.json().map((text) => JSON.parse(text) as unknown),
    fc.array(reference),
  ),
);
const resource = fc.record({ Type: fc.constantFrom(...TYPES), Properties: properties });
const template = fc
  .dictionary(fc.constantFrom('A', 'B', 'C', 'D', 'E'), resource)
  .map((Resources) => ({ Resources }) as Template);

test('answers for any template, however its resources refer to each other, and counts each once', () => {
  fc.assert(
    fc.property(template, (any) => {
      const report = assessCoverage(any);
      expect(report.watched + report.unwatched + report.exempt).toBe(report.resources.length);
      expect(report.coveragePct).toBeGreaterThanOrEqual(0);
      expect(report.coveragePct).toBeLessThanOrEqual(100);
      expect(renderCoverage(report).length).toBeGreaterThan(0);
    }),
  );
});

test('more watching is never less coverage', () => {
  fc.assert(
    fc.property(template, (any) => {
      const before = assessCoverage(any);
      const after = assessCoverage(any, { accountWatched: true });
      expect(after.watched).toBeGreaterThanOrEqual(before.watched);
    }),
  );
});

test('what is exempt is counted neither as watched nor as unwatched', () => {
  fc.assert(
    fc.property(template, (any) => {
      const report = assessCoverage(any, { exemptions: [{ resource: '*', reason: 'all of it' }] });
      const open = report.resources.filter(({ aspects }) => aspects.some(({ watchedBy }) => watchedBy.length === 0));
      expect([report.unwatched, report.exempt]).toEqual([0, open.length]);
    }),
  );
});
