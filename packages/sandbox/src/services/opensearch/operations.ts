import { json, type RestOperation, type RestRequest } from '../../core/protocols/rest-operation.ts';
import { ApiError, type Caller } from '../../core/service.ts';
import type { Collection, Collections } from './collections.ts';
import { DocumentIndex, type Source } from './document-index.ts';
import { readMapping } from './read-mapping.ts';
import { readSearch } from './read-search.ts';
import { notEmulated } from './search-error.ts';

/** The few operations of OpenSearch that a search index of documents needs. Source: OpenSearch's API reference; supported operations of OpenSearch Serverless. */
export function searchOperations(collections: Collections): Readonly<Record<string, RestOperation>> {
  const operation = (
    method: RestOperation['method'],
    route: string,
    permission: string,
    handle: (collection: Collection, request: RestRequest) => unknown,
    isRawBody = false,
  ): RestOperation => ({
    method,
    route: `/_aoss/{collection}${route}`,
    isRawBody,
    permissions: ({ path }) => [{ action: 'aoss:APIAccessAll', resource: collections.arnOf(path.collection ?? '') }],
    handle(request) {
      const { path } = request.input;
      if (!request.wire.headers['x-amz-content-sha256'])
        throw new ApiError('forbidden', 'OpenSearch Serverless wants the header x-amz-content-sha256.', 403);
      const where = { id: path.collection ?? '', index: path.index ?? '*' };
      return json(handle(collections.openFor(principalOf(request.caller), permission, where), request));
    },
  });
  return {
    Bulk: operation(
      'POST',
      '/_bulk',
      'aoss:WriteDocument',
      (collection, { wire }) => bulk(collection, wire.body),
      true,
    ),
    ListIndexes: operation('GET', '/_cat/indices', 'aoss:DescribeIndex', listIndexes),
    CreateIndex: operation('PUT', '/{index}', 'aoss:CreateIndex', createIndex),
    DeleteIndex: operation('DELETE', '/{index}', 'aoss:DeleteIndex', deleteIndex),
    Search: operation('POST', '/{index}/_search', 'aoss:ReadDocument', search),
  };
}

const principalOf = ({ roleArn, arn }: Caller): string => roleArn ?? arn;

function createIndex({ indexes }: Collection, { input }: RestRequest) {
  const name = input.path.index!;
  if (indexes.has(name)) throw new ApiError('resource_already_exists_exception', `index [${name}] already exists`);
  indexes.set(name, new DocumentIndex(name, readMapping(input.body)));
  return { acknowledged: true, shards_acknowledged: true, index: name };
}

function deleteIndex({ indexes }: Collection, { input }: RestRequest) {
  const name = input.path.index!;
  if (!indexes.delete(name)) throw new ApiError('index_not_found_exception', `no such index [${name}]`, 404);
  return { acknowledged: true };
}

function listIndexes({ indexes }: Collection, { input }: RestRequest) {
  if (input.query.get('format') !== 'json') throw notEmulated('_cat/indices in another format than json');
  return [...indexes.values()].map(({ name, count }) => ({ index: name, 'docs.count': String(count) }));
}

/** A line that says what to do, and one with the document. */
function bulk({ indexes }: Collection, body: Buffer) {
  const lines = body.toString('utf8').split('\n');
  if (lines.pop() !== '')
    throw new ApiError('illegal_argument_exception', 'The bulk request must be terminated by a newline [\\n]');
  const items = [];
  for (let at = 0; at < lines.length; at += 2) {
    const { index, ...others } = JSON.parse(lines[at]!) as { index?: { _index: string; _id: string } };
    if (index === undefined || Object.keys(others).length > 0) throw notEmulated('a bulk action but index');
    items.push({ index: { ...index, ...putOne(indexes, index, JSON.parse(lines[at + 1]!) as Source) } });
  }
  return { took: 1, errors: items.some(({ index }) => index.status >= 400), items };
}

function putOne(
  indexes: Collection['indexes'],
  { _index, _id }: { readonly _index: string; readonly _id: string },
  source: Source,
) {
  const index = indexes.get(_index);
  try {
    if (index === undefined) throw new ApiError('index_not_found_exception', `no such index [${_index}]`, 404);
    const result = index.put(_id, source);
    return { status: result === 'created' ? 201 : 200, result };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { status: error.status, error: { type: error.code, reason: error.message } };
  }
}

function search({ indexes }: Collection, { input }: RestRequest) {
  const pattern = input.path.index!;
  const request = readSearch(input.body);
  const wanted = [...indexes.values()].filter(({ name }) =>
    pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
  );
  if (wanted.length === 0 && !pattern.endsWith('*'))
    throw new ApiError('index_not_found_exception', `no such index [${pattern}]`, 404);
  const hits = wanted.flatMap((index) => index.find(request)).sort((a, b) => b.sort[0] - a.sort[0]);
  return {
    took: 1,
    timed_out: false,
    hits: { total: { value: hits.length, relation: 'eq' }, max_score: null, hits: hits.slice(0, request.size) },
  };
}
