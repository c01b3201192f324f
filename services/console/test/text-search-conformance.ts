import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Finding } from '@lamplighter/contracts';
import type { SearchScope, TextSearchPort } from '../src/ports.ts';

export interface WrittenLine {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly message: string;
}

/** What there is to be found. */
export interface World {
  readonly logGroup: string;
  readonly logStream: string;
  readonly now: number;
  readonly lines: readonly WrittenLine[];
  readonly findings: readonly Finding[];
}

/** The machine's own time: requests are signed with it. */
const NOW = Date.now();
const REQUESTS = ['5a52c12f-9d3b-4b9f-9a35-0d4d4a1c7b01', '5a52c12f-9d3b-4b9f-9a35-0d4d4a1c7b02'] as const;
const HOSTILE = '<script>alert(1)</script>\u202Eexe';

const lineOf = (at: number, index: number, text: string): WrittenLine => ({
  id: `event-${at}-${index}`,
  timestamp: NOW - at,
  message: `${new Date(NOW - at).toISOString()}\t${REQUESTS[index]}\tINFO\t${text}\n`,
});

/** Lines of two requests and one that nobody owns, and a finding. */
export const worldOf = (finding: Finding): World => ({
  logGroup: '/aws/lambda/shop-pay',
  logStream: '2026/01/15/[$LATEST]0123456789abcdef0123456789abcdef',
  now: NOW,
  lines: [
    lineOf(600_000, 0, 'order 4700003 is being paid'),
    lineOf(300_000, 1, 'order 4700003 is being paid again'),
    lineOf(299_000, 1, `the provider said: "card refused" (code\\42) ${HOSTILE}`),
    { id: 'event-orphan', timestamp: NOW - 60_000, message: 'swept 17 leftovers\n' },
    { id: 'event-end', timestamp: NOW - 50_000, message: `END RequestId: ${REQUESTS[0]}\n` },
  ],
  findings: [finding],
});

/**
 * What every text search holds, whatever it is built on. Searches may find more than this: the embedded one parts of words, the index words in
 * any case.
 */
export function describeTextSearch(
  name: string,
  finding: Finding,
  build: (world: World) => Promise<TextSearchPort>,
): void {
  describe(`text search: ${name}`, () => {
    let search: TextSearchPort;
    beforeAll(async () => {
      search = await build(worldOf(finding));
    });

    test('an order number leads to the requests that told of it, the newest first', async () => {
      const { hits } = await search('4700003');
      expect(hits.map((hit) => hit.kind === 'line' && hit.requestId)).toEqual([REQUESTS[1], REQUESTS[0]]);
      expect(hits[0]).toMatchObject({ kind: 'line', functionName: 'shop-pay', at: NOW - 300_000 });
    });

    test('of a time, what was written in it, and no more than is asked for', async () => {
      const requestsOf = async (scope: SearchScope) =>
        (await search('4700003', scope)).hits.map((hit) => hit.kind === 'line' && hit.requestId);

      expect(await requestsOf({ since: NOW - 600_000, until: NOW - 300_000 })).toEqual([REQUESTS[0]]);
      expect(await requestsOf({ since: NOW - 599_999 })).toEqual([REQUESTS[1]]);
      expect(await requestsOf({ until: NOW - 600_000 })).toEqual([]);
      expect(await requestsOf({ limit: 1 })).toEqual([REQUESTS[1]]);
    });

    test('of one function, what it wrote', async () => {
      expect((await search('4700003', { functionName: 'shop-pay' })).hits).toHaveLength(2);
      expect((await search('4700003', { functionName: 'shop-ship' })).hits).toEqual([]);
    });

    test('a part of a line, the last word begun', async () => {
      const { hits } = await search('being paid ag');
      expect(hits).toMatchObject([{ kind: 'line', requestId: REQUESTS[1] }]);
    });

    test('a line that no request owns', async () => {
      const { hits } = await search('leftovers');
      expect(hits).toEqual([
        { kind: 'line', functionName: 'shop-pay', at: NOW - 60_000, detail: 'swept 17 leftovers' },
      ]);
    });

    test('a finding by words of its title, in any case', async () => {
      const { hits } = await search(finding.title.toUpperCase());
      expect(hits).toContainEqual(expect.objectContaining({ kind: 'finding', findingId: finding.findingId }));
    });

    test('the platform’s own lines are the audit’s', async () => {
      expect(await search('END RequestId')).toEqual({ hits: [] });
    });

    test('hostile text comes back as it was written', async () => {
      const { hits } = await search('card refused');
      expect(hits).toMatchObject([{ detail: expect.stringContaining(HOSTILE) }]);
    });

    test.each(['"card refused"', 'code\\42', '<script>'])(
      '%s is found, whatever an engine means by its signs',
      async (text) => {
        const { hits } = await search(text);
        expect(hits).toMatchObject([{ kind: 'line', requestId: REQUESTS[1] }]);
      },
    );

    test.each(['nothing of it', '*', '"', '\\', '{', '(a OR b', '\u202E', '%', 'x'.repeat(300), '💡'])(
      '%j finds nothing, and breaks nothing',
      async (text) => {
        // One sign alone may be a part of what was written: only the embedded search sees it.
        const { hits } = await search(text);
        expect(hits.every((hit) => hit.kind !== 'line' || hit.detail.includes(text))).toBe(true);
      },
    );
  });
}
