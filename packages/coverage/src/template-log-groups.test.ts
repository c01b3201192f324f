import { describe, expect, test } from '@jest/globals';
import { templateLogGroups } from './template-log-groups.ts';
import { aspectsOf, filter, fn, ref, resourceOf } from './testing/templates.ts';

const group = (LogGroupName?: unknown) => resourceOf('AWS::Logs::LogGroup', { LogGroupName });
const sub = (text: unknown) => ({ 'Fn::Sub': text });
const join = (...parts: readonly unknown[]) => ({ 'Fn::Join': ['', parts] });

describe('templateLogGroups', () => {
  test.each<[string, unknown]>([
    ['its name', '/aws/lambda/shop-book'],
    ['a text with nothing to fill in', sub('/aws/lambda/shop-book')],
    ['the function, filled in', sub('/aws/lambda/${Book}')],
    ['the function, filled in by a variable', sub(['/aws/lambda/${name}', { name: ref('Book') }])],
    ['the function, joined', join('/aws/lambda/', ref('Book'))],
  ])('a log group is known as that of a function by %s', (_way, name) => {
    const known = templateLogGroups({ Resources: { Book: fn(), G: group(name), F: filter(ref('G')) } });
    expect(known.names.get('G')).toBe('/aws/lambda/shop-book');
    expect(known.byFunction.get('Book')).toBe('G');
    expect(known.byFilter.get('F')).toBe('G');
  });

  test('a name that CloudFormation makes up is known by reference alone', () => {
    const Resources = {
      Book: fn({ FunctionName: undefined }),
      G: group(sub('/aws/lambda/${Book}')),
      F: filter(sub('/aws/lambda/${Book}')),
    };
    const { names, byFunction, byFilter } = templateLogGroups({ Resources });
    expect([names.size, byFunction.get('Book'), byFilter.get('F')]).toEqual([0, 'G', 'G']);
  });

  test('of two groups of one name the one that is referred to is meant', () => {
    const Resources = {
      Book: fn({ LoggingConfig: { LogGroup: ref('B') } }),
      A: group('/shop'),
      B: group('/shop'),
      F: filter(ref('B')),
    };
    const { byFunction, byFilter } = templateLogGroups({ Resources });
    expect([byFunction.get('Book'), byFilter.get('F')]).toEqual(['B', 'B']);
  });

  test.each<[string, unknown]>([
    ['another name', sub('/aws/lambda/${Book}-audit')],
    ['another function', sub('/aws/lambda/${Other}')],
    ['no name', undefined],
  ])('a log group of %s is not that of the function', (_way, name) => {
    const { byFunction } = templateLogGroups({ Resources: { Book: fn(), G: group(name) } });
    expect(byFunction.size).toBe(0);
  });

  describe('what a variable of a text stands for is left to CloudFormation', () => {
    const imported = (value: unknown) => sub(['/shop/${name}', { name: { 'Fn::ImportValue': value } }]);
    const Book = fn({ LoggingConfig: { LogGroup: imported('book-log') } });

    test('a filter on what stands for something else under the same name is on another group', () => {
      const on = (value: unknown) => aspectsOf('Book', { Book, F: filter(imported(value)) });
      expect(on('audit-log')).toEqual({ failures: '' });
      expect(on('book-log')).toEqual({ failures: 'subscription F' });
    });

    test('a log group of another import is not that of the function', () => {
      const known = (value: unknown) => templateLogGroups({ Resources: { Book, G: group(imported(value)) } });
      expect(known('audit-log').byFunction.size).toBe(0);
      expect(known('book-log').byFunction.get('Book')).toBe('G');
      expect(known('book-log').names.size).toBe(0);
    });

    test.each([
      ['an import', { 'Fn::ImportValue': 'audit-log' }],
      ['a map', { 'Fn::FindInMap': ['Logs', 'audit', 'name'] }],
      ['a condition', { 'Fn::If': ['IsProd', 'audit', 'audit-test'] }],
    ])('a variable with the name of a resource, which stands for %s, is not that resource', (_what, value) => {
      const Resources = {
        Book: fn({ FunctionName: undefined }),
        G: group('/shop'),
        Audit: fn({ LoggingConfig: { LogGroup: sub(['${G}', { G: value }]) } }),
        F: filter(sub(['/aws/lambda/${Book}', { Book: value }])),
      };
      const { byFunction } = templateLogGroups({ Resources });
      expect([byFunction.get('Audit'), aspectsOf('Book', Resources).failures]).toEqual([undefined, '']);
    });
  });

  test('a filter on another group, whose name is put together of the same parts, watches nothing', () => {
    const Book = fn({ LoggingConfig: { LogGroup: sub('/${AWS::StackName}/book') } });
    const on = (name: string) => aspectsOf('Book', { Book, F: filter(sub(name)) });
    expect(on('/${AWS::StackName}/audit')).toEqual({ failures: '' });
    expect(on('/${AWS::StackName}/book')).toEqual({ failures: 'subscription F' });
  });
});
