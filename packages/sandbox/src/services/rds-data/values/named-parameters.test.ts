import { describe, expect, test } from '@jest/globals';
import { numberParameters } from './named-parameters.ts';

describe('named parameters', () => {
  test('get numbers, the same name the same one', () => {
    expect(numberParameters('select :a, :b_2, :a where x=:b_2')).toEqual({
      sql: 'select $1, $2, $1 where x=$2',
      names: ['a', 'b_2'],
    });
  });

  test.each([
    "select ':a'",
    "select 'it''s :a'",
    "select E'it\\'s :a'",
    'select ":a"',
    'select 1 -- :a',
    'select /* :a\n :b */ 1',
    'select $$ :a $$',
    'select $tag$ $$ :a $tag$',
    "select '1'::int",
    'select list[1:2]',
    "select '{}'::jsonb ? 'x'",
  ])('are none in %s', (sql) => {
    expect(numberParameters(sql)).toEqual({ sql, names: [] });
  });

  test('follow such a place at once', () => {
    expect(numberParameters("select ':a'||:b::text /*:c*/||:d").sql).toBe("select ':a'||$1::text /*:c*/||$2");
  });
});
