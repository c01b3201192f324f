import { createHash } from 'node:crypto';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import * as z from 'zod';
import { ALL_INDEXES, indexNameOf } from '../domain/index-name.ts';
import type { SearchDocument } from '../domain/search-document.ts';
import type { SearchIndexPort, SearchScope } from '../ports.ts';

export interface AossOptions {
  /** The collection's endpoint. */
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  /** Longest wait for an answer; a collection that slept takes 10 to 30 s for its first one. */
  readonly timeoutMs: number;
}

/** A strict mapping: words by white space alone, since they are cut already; the hit is kept and not searched. */
const MAPPING = {
  mappings: {
    dynamic: 'strict',
    properties: {
      words: { type: 'text', analyzer: 'whitespace' },
      at: { type: 'date', format: 'epoch_millis' },
      hit: { type: 'keyword', index: false, doc_values: false },
    },
  },
} as const;

/** Words of an index that the last one may stand for the beginning of; OpenSearch's 50 would miss the seldom ones. */
const MOST_EXPANSIONS = 1_000;

const Hits = z.object({ hits: z.object({ hits: z.array(z.object({ _source: z.object({ hit: z.string() }) })) }) });
const Bulk = z.object({ errors: z.boolean(), items: z.array(z.object({ index: z.object({ status: z.number() }) })) });
const Indexes = z.array(z.object({ index: z.string() }));

/** A search index in a collection of OpenSearch Serverless of the type SEARCH, where documents keep the ids that they are given. */
export function aossIndex(options: AossOptions): SearchIndexPort {
  const send = signedSend(options);
  const known = new Set<string>();
  const ensure = async (name: string): Promise<void> => {
    if (known.has(name)) return;
    const { status, body } = await send('PUT', `/${name}`, JSON.stringify(MAPPING));
    if (status !== 200 && !body.includes('resource_already_exists_exception')) throw refused(`/${name}`, status, body);
    known.add(name);
  };
  const ask = async <Schema extends z.ZodType>(schema: Schema, ...request: Parameters<typeof send>) => {
    const { status, body } = await send(...request);
    if (status !== 200) throw refused(request[1], status, body);
    return schema.parse(JSON.parse(body));
  };
  return {
    async find(words, size, time = {}) {
      const query = within(time, { match_phrase_prefix: { words: { query: words, max_expansions: MOST_EXPANSIONS } } });
      const search = JSON.stringify({ size, query, sort: [{ at: 'desc' }] });
      const { hits } = await ask(Hits, 'POST', `/${ALL_INDEXES}/_search`, search);
      return hits.hits.map(({ _source }) => _source.hit);
    },
    async put(documents) {
      if (documents.length === 0) return;
      await Promise.all([...new Set(documents.map(({ at }) => indexNameOf(at)))].map(ensure));
      const { errors, items } = await ask(Bulk, 'POST', '/_bulk', documents.map(bulkLines).join(''));
      if (!errors) return;
      const failed = items.filter(({ index }) => index.status >= 300);
      throw new Error(`${failed.length} of ${items.length} documents were refused, with ${failed[0]?.index.status}`);
    },
    names: async () => (await ask(Indexes, 'GET', '/_cat/indices?format=json')).map(({ index }) => index),
    async drop(name) {
      const { status, body } = await send('DELETE', `/${name}`);
      if (status !== 200 && status !== 404) throw refused(`/${name}`, status, body);
    },
  };
}

/** A query for documents of a time. */
function within({ since, until }: Pick<SearchScope, 'since' | 'until'>, query: object): object {
  if (since === undefined && until === undefined) return query;
  const at = { ...(since !== undefined && { gte: since }), ...(until !== undefined && { lt: until }) };
  return { bool: { must: [query], filter: [{ range: { at } }] } };
}

function bulkLines({ id, ...source }: SearchDocument): string {
  const action = { index: { _index: indexNameOf(source.at), _id: id } };
  return `${JSON.stringify(action)}\n${JSON.stringify(source)}\n`;
}

const refused = (path: string, status: number, body: string): Error =>
  new Error(`OpenSearch answers ${status} to ${path}: ${body.slice(0, 300)}`);

function signedSend({ endpoint, region, credentials, timeoutMs }: AossOptions) {
  const signer = new SignatureV4({ service: 'aoss', region, credentials, sha256: Sha256 });
  return async (method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string, body = '') => {
    const url = new URL(`${endpoint}${path}`);
    const { headers } = await signer.sign({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port !== '' && { port: Number(url.port) }),
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: {
        host: url.host,
        'content-type': path === '/_bulk' ? 'application/x-ndjson' : 'application/json',
        // Serverless collections want it; the signer takes it from here.
        'x-amz-content-sha256': createHash('sha256').update(body).digest('hex'),
      },
      body,
    });
    const response = await fetch(url, {
      method,
      headers,
      signal: AbortSignal.timeout(timeoutMs),
      ...(body !== '' && { body }),
    });
    return { status: response.status, body: await response.text() };
  };
}
