import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { testPolicy } from '../../../test/test-policy.ts';
import { readLastGood, readPolicy } from './policy.ts';

const policy = testPolicy('https://hooks.example');
const problemOf = (change: object): string => {
  const read = readPolicy(JSON.stringify({ ...policy, ...change }));
  return 'problem' in read ? read.problem : 'none';
};
const step = (to: string, through: string) => ({ afterMinutes: 0, to: [to], through: [through] });

test('the example is a policy', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../config/example.json'), 'utf8');

  expect(readPolicy(text)).toHaveProperty('policy');
});

test.each([
  ['a text that is no JSON', undefined, 'The policy is not JSON'],
  [
    'a rota of nobody',
    { rotas: { ...policy.rotas, first: { ...policy.rotas.first, people: [] } } },
    'The policy is wrong at rotas.first.people',
  ],
  [
    'a person who is not there',
    { escalation: { ...policy.escalation, info: [step('person:zoe', 'ops')] } },
    'people has no zoe',
  ],
  [
    'a name that every object has',
    { escalation: { ...policy.escalation, info: [step('rota:constructor', 'ops')] } },
    'rotas has no constructor',
  ],
  [
    'somebody on call without an address',
    { people: { ...policy.people, ben: { zone: 'UTC' } } },
    'ben has no address on direct',
  ],
  [
    'everybody, where somebody has no address',
    {
      people: { ...policy.people, dora: { zone: 'UTC', email: 'dora@example.com' } },
      escalation: { ...policy.escalation, info: [step('everybody', 'direct')] },
    },
    'dora has no address on direct',
  ],
  [
    'everybody, where there is nobody',
    {
      people: {},
      rotas: {},
      escalation: Object.fromEntries(
        ['critical', 'warning', 'info'].map((name) => [name, [step('everybody', 'direct')]]),
      ),
    },
    'everybody has no address on direct',
  ],
  [
    'a stand-in of no time',
    {
      rotas: {
        ...policy.rotas,
        first: {
          ...policy.rotas.first,
          overrides: [{ person: 'ben', from: '2026-01-05T09:00', until: '2026-01-05T09:00:00' }],
        },
      },
    },
    'rotas.first.overrides.0: ben would stand in from 2026-01-05T09:00 until 2026-01-05T09:00:00, which is no time',
  ],
  [
    'a rule about sources that names none',
    { sources: [{ severity: 'ignore' }] },
    'sources.0: it has to name a source, a detailType or a namePrefix',
  ],
  [
    'two channels of one conversation',
    { channels: { ...policy.channels, twin: policy.channels.ops } },
    'ops posts to the same conversation',
  ],
  [
    'quiet hours without an end',
    { quietHours: { zone: 'UTC', from: '00:00', until: '00:00' } },
    'quiet hours that never end',
  ],
  [
    'a time zone that is none',
    { quietHours: { zone: 'Mars/Base', from: '22:00', until: '07:00' } },
    'no such time zone',
  ],
  [
    'more people than a transaction holds',
    {
      people: {
        ...policy.people,
        ...Object.fromEntries(Array.from({ length: 90 }, (_, n) => [`p${n}`, { zone: 'UTC', slackUser: `U${n}` }])),
      },
    },
    'it reaches 96 recipients, an alert can reach 80',
  ],
])('%s is refused with one line', (_name, change, problem) => {
  const said = change === undefined ? readPolicy('{') : undefined;
  const text = said === undefined ? problemOf(change!) : 'problem' in said ? said.problem : 'none';

  expect(text).toContain(problem);
  expect(text).not.toContain('\n');
});

test('a conversation is an ID: by its name no earlier message would be found', () => {
  const named = { ...policy.channels, ops: { ...policy.channels.ops, conversation: '#ops' } } as typeof policy.channels;

  expect(problemOf({ channels: named })).toMatch(/wrong at channels.ops.conversation: .*C0123ABCD/);
  expect(readLastGood(JSON.stringify({ ...policy, channels: named }))).toBeDefined();
});

test.each(['anna', '@anna', 'u0123abcd', 'C0123ABCD', ''])(
  '%j is no member of Slack: nobody would be called by it',
  (slackUser) => {
    const people = { ...policy.people, anna: { ...policy.people.anna!, slackUser } };

    expect(problemOf({ people })).toMatch(/wrong at people.anna.slackUser: .*U0123ABCD/);
    expect(readLastGood(JSON.stringify({ ...policy, people }))).toBeDefined();
  },
);

test('secrets lie below the path that may be read, and one elsewhere is named', () => {
  const text = JSON.stringify(policy);

  expect(readPolicy(text, '/lamplighter/dev/alerting/')).toHaveProperty('policy');
  expect(readPolicy(text, '/lamplighter/prod/alerting/')).toEqual({
    problem:
      'The policy is wrong at channels.ops.tokenParameter: it has to begin with /lamplighter/prod/alerting/, since no other secret may be read',
  });
});

test('the first step is due at once, and each that follows after five minutes, unless it says when', () => {
  const { afterMinutes: _, ...next } = step('everybody', 'ops');
  const read = readPolicy(
    JSON.stringify({
      ...policy,
      escalation: { ...policy.escalation, warning: [next, next], info: [{ ...next, afterMinutes: 7 }] },
    }),
  );
  const { warning, info } = 'policy' in read ? read.policy.escalation : { warning: [], info: [] };

  expect([warning, info].map((steps) => steps.map(({ afterMinutes }) => afterMinutes))).toEqual([[0, 5], [7]]);
});

test.each([
  ['a name with a capital', { people: { ...policy.people, Dora: { zone: 'UTC' } } }, 'people.Dora: a name is of a-z'],
  [
    'a secret that stands in the policy',
    { channels: { ...policy.channels, pager: { type: 'pagerduty', routingKeyParameter: 'R0UT1NG' } } },
    'channels.pager.routingKeyParameter: the path of an SSM parameter',
  ],
  [
    'a password in a URL',
    { channels: { ...policy.channels, hook: { ...policy.channels.hook, url: 'https://me:word@hooks.example' } } },
    'channels.hook.url: no request goes to a URL with a user or password',
  ],
  [
    'a channel that stands in for itself',
    { fallbacks: { ops: ['ops'] } },
    'fallbacks.ops: ops cannot stand in for itself',
  ],
])('%s is refused with the way out', (_, change, problem) => {
  expect(problemOf(change)).toMatch(`The policy is wrong at ${problem}`);
});

test('a file with a byte order mark is read, and one of YAML is refused in one line', () => {
  expect(readPolicy(`\ufeff${JSON.stringify(policy)}`)).toHaveProperty('policy');
  expect(readLastGood(`\ufeff${JSON.stringify(policy)}`)).toBeDefined();
  expect(readPolicy('people:\n  anna:\n')).toEqual({ problem: expect.stringMatching(/^The policy is not JSON: .+$/) });
});

test.each([
  ['without an end', { until: undefined }, 'silences.0.until'],
  // Whatever has no beginning could have any end.
  ['without a beginning', { from: undefined }, 'silences.0.from'],
  ['of no time', { from: '2026-01-16T08:00:00' }, 'silences.0: pay-api would be silent from .* which is no time'],
  ['of two months', { until: '2026-03-15T08:00:00' }, 'silences.0: pay-api would be silent .* more than 31 days'],
  ['without a reason', { because: '' }, 'silences.0.because'],
  ['of a pattern', { about: 'pay-*-api' }, 'silences.0.about: a name, with at most one'],
  ['in no zone', { zone: 'CEST' }, 'silences.0.zone: no such time zone'],
])('a silence %s is refused', (_, change, problem) => {
  const silence = {
    about: 'pay-api',
    zone: 'UTC',
    from: '2026-01-15T08:00:00',
    until: '2026-01-16T08:00:00',
    because: 'x',
  };

  expect(problemOf({ silences: [silence] })).toBe('none');
  expect(problemOf({ silences: [{ ...silence, ...change }] })).toMatch(
    new RegExp(`^The policy is wrong at ${problem}`),
  );
});
