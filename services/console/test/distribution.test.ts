import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const distribution = readFileSync(join(import.meta.dirname, '../resources/distribution.yml'), 'utf8');
const errors = [...distribution.matchAll(/^ +- \{ ErrorCode: (?<code>\d+), (?<rest>.+) \}$/gm)];

/** Those that CloudFront keeps whatever their Cache-Control says (developer guide, "HTTP 4xx and 5xx status codes that CloudFront caches"). */
test.each([404, 414, 500, 501, 502, 503, 504])(
  'an answer of %d is kept for nobody else, and stays the API’s own',
  (code) => {
    const rests = errors.filter(({ groups }) => Number(groups?.code) === code).map(({ groups }) => groups?.rest);
    expect(rests).toEqual(['ErrorCachingMinTTL: 0']);
  },
);
