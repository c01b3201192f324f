import { expect, test } from '@jest/globals';
import { assessFunction } from '../../assess/assess-function.ts';
import { newFunctionState } from '../../assess/function-state.ts';
import { aWindow } from '../../testing/a-window.ts';
import { after, HEALTHY, minute } from '../../testing/after-health.ts';
import { CONTEXT } from '../../testing/run-fault.ts';
import type { Fact } from '../../windows/fact.ts';

const failing = (template: string, errorType = 'Error') => ({
  errors: 8,
  errorTypes: [{ errorType, fingerprint: 'f', template, count: 8, exampleRequestId: 'r1' }],
});
const refusing: Fact = {
  kind: 'refusing-dependency',
  id: 'd',
  at: minute(HEALTHY),
  name: 'api.partner.example',
  errorsBefore: 0,
  errorsAfter: 0.4,
  share: 0.7,
};
const waiting = (name: string, surprise: number): Fact => ({
  kind: 'dependency',
  id: 'w',
  at: minute(HEALTHY),
  name,
  beforeMs: 13,
  afterMs: 16,
  share: 0.78,
  surprise,
});

/** The first finding of a bad minute after an hour of health. */
function firstOf(...told: Parameters<typeof after>) {
  const [first] = after(...told);
  if (first === undefined) throw new Error('nothing was found');
  return first.finding;
}

test('errors that say why they happen have it as their cause, with what to do, whoever is asked for permission', () => {
  const user = `arn:aws:sts::<n>:assumed-role/${'shop-orders-prod-'.repeat(5)}/pay`;
  const template = `User: ${user} is not authorized to perform: dynamodb:PutItem on resource: x`;
  const finding = firstOf([failing(template, 'AccessDeniedException')]);
  expect(finding.causes).toMatchObject([{ kind: 'configuration-change', name: 'permission for dynamodb:PutItem' }]);
  expect(finding.explanation).toContain('Compare the policies of its role');
});

test('who refuses by the traces is the cause of errors, before what they say', () => {
  const finding = firstOf([failing('Request failed with status code 503')], [refusing]);
  expect(finding.causes.map(({ name }) => name)).toEqual(['api.partner.example', 'called service']);
  expect(finding.groupKey).toContain('dependency/api.partner.example');
});

test('who refused calls long before the errors began is not their cause', () => {
  const before = { ...refusing, at: minute(HEALTHY - 15) };
  expect(firstOf([failing('x is undefined', 'TypeError')], [before]).causes).toEqual([]);
  expect(firstOf([failing('x is undefined', 'TypeError')], [refusing]).causes).toHaveLength(1);
});

test("a limiter of the function's own is no callee that throttles", () => {
  const finding = firstOf([failing('Too Many Requests', 'TooManyRequestsError')]);
  expect(finding).toMatchObject({ class: 'error-burst', causes: [] });
});

test('a refusal for too many calls is told by its status', () => {
  const finding = firstOf([failing('Request failed with status code 429', 'AxiosError')]);
  expect(finding).toMatchObject({ class: 'connection-pressure', causes: [{ name: 'throttled service' }] });
});

test('who breaks connections is told by failing calls; traces that grew by chance blame nobody where no call is slower', () => {
  const facts = [refusing, waiting('dynamodb', 2.6)];
  const finding = firstOf([failing('connect ETIMEDOUT <address>')], facts);
  expect(finding.causes.map(({ name }) => name)).toEqual(['api.partner.example', 'connections']);
});

test.each([
  ['sure', 8, ['api.partner.example']],
  ['not sure', 2, []],
])('calls that time out name what they wait for where traces are %s', (_how, surprise, causes) => {
  const finding = firstOf([{ timeouts: 6 }], [waiting('api.partner.example', surprise)]);
  expect(finding).toMatchObject({ class: 'timeouts' });
  expect(finding.causes.map(({ name }) => name)).toEqual(causes);
});

test('more traffic than calls that fail could bring back by retries is none of theirs', () => {
  const burst = (errors: number) => ({ ...failing('no room left'), invocations: 200, errors });
  const classes = (errors: number) => after([burst(errors)]).map(({ finding }) => finding.class);
  expect(classes(80)).toEqual(['error-burst']);
  expect(classes(190)).toEqual(['retry-storm']);
});

test('calls that are refused do not look as if nobody called', () => {
  const windows = Array.from({ length: 120 }, (_, index) => aWindow(minute(index)));
  const refused = [120, 121, 122].map((index) => aWindow(minute(index), { invocations: 0, throttles: 20 }));
  const { changes } = assessFunction(newFunctionState(), { windows: [...windows, ...refused] }, CONTEXT);
  expect(changes.map(({ finding }) => finding.class)).toEqual(['throttling']);
});
