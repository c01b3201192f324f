import { describe, expect, test } from '@jest/globals';
import { ApiError } from '../service.ts';
import { parseQueryInput, queryService } from './query-protocol.ts';
import { renderXml } from './xml.ts';

const parse = (text: string) => parseQueryInput(new URLSearchParams(text));

describe('input', () => {
  test.each<[string, string, unknown]>([
    ['plain members, without Action and Version', 'Action=X&Version=1&Name=a%20b', { Name: 'a b' }],
    ['a list', 'Names.member.1=a&Names.member.2=b', { Names: ['a', 'b'] }],
    ['a list in numeric order', 'N.member.10=j&N.member.2=b&N.member.1=a', { N: ['a', 'b', 'j'] }],
    [
      'a flattened list',
      'Attr.1.Name=a&Attr.1.Value=1&Attr.2.Name=b',
      { Attr: [{ Name: 'a', Value: '1' }, { Name: 'b' }] },
    ],
    ['structures in lists', 'Tags.member.1.Key=k&Tags.member.1.Value=v', { Tags: [{ Key: 'k', Value: 'v' }] }],
    ['a map', 'M.entry.1.key=a&M.entry.1.value=b', { M: [{ key: 'a', value: 'b' }] }],
  ])('%s', (_, text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  test.each(['a=1&a.b=2', `${'a.'.repeat(40)}b=1`])('a form that is no structure is refused: %.20s', (text) => {
    expect(() => parse(text)).toThrow(ApiError);
  });

  test('a member named like a part of every object is only a member', () => {
    expect(Object.getPrototypeOf(parse('__proto__.x=1'))).toBe(Object.prototype);
  });
});

describe('a service', () => {
  const service = queryService({
    signingName: 'things',
    xmlns: 'https://things/',
    operations: {
      Get: {
        permissions: () => [],
        handle: () => ({ Thing: { Name: '<&>' }, All: { member: ['a', 'b'] }, Gone: undefined }),
      },
      Drop: { permissions: () => [], handle: () => undefined },
    },
  });
  const request = (body: string) => ({ method: 'POST', url: '/', headers: {}, body: Buffer.from(body) });
  const caller = { accessKeyId: 'A', arn: 'arn' };

  test('answers its result in XML', async () => {
    const call = service.describe(request('Action=Get'));
    const { body } = await service.handle(call, request(''), caller);
    expect(body).toContain(
      '<GetResponse xmlns="https://things/"><GetResult><Thing><Name>&lt;&amp;&gt;</Name></Thing><All><member>a</member><member>b</member></All></GetResult>',
    );
  });

  test('an operation without a result answers its metadata alone', async () => {
    const call = service.describe(request('Action=Drop'));
    const { body } = await service.handle(call, request(''), caller);
    expect(body).not.toContain('DropResult');
    expect(body).toContain('<DropResponse xmlns="https://things/"><ResponseMetadata>');
  });

  test.each(['Action=Nope', 'Action=constructor', ''])('refuses an operation that it does not have: %j', (body) => {
    expect(() => service.describe(request(body))).toThrow('The sandbox has no things operation');
  });
});

test('XML leaves out what it cannot hold', () => {
  expect(renderXml({ A: 'x\u0000\u000by\r' })).toContain('<A>xy&#13;</A>');
});
