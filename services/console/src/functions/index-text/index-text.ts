import { AnomalyDetected, InsightFound } from '@lamplighter/contracts';
import * as z from 'zod';
import { type ArchivedLine, findingDocument, lineDocument, type SearchDocument } from '../../domain/search-document.ts';
import type { SearchIndexPort } from '../../ports.ts';

export interface IndexTextDeps {
  readonly index: Pick<SearchIndexPort, 'put'>;
  /** Lines of an object of the archive. */
  readonly archived: (bucket: string, key: string) => AsyncIterable<ArchivedLine>;
}

/** OpenSearch Serverless takes 10 MiB a request; documents are a fiftieth of what a megabyte line is. */
const BULK_DOCUMENTS = 500;
const BULK_CHARACTERS = 3_000_000;

const Stored = z.object({
  'detail-type': z.literal('Object Created'),
  detail: z.object({ bucket: z.object({ name: z.string() }), object: z.object({ key: z.string() }) }),
});
const Found = z.object({ 'detail-type': z.enum(['AnomalyDetected', 'InsightFound']), detail: z.unknown() });

/** Puts what an event tells into the search index: the lines of an archived object, or a finding. @throws Error to have it come again. */
export async function indexText(event: unknown, { index, archived }: IndexTextDeps): Promise<void> {
  const found = Found.safeParse(event);
  if (found.success) return index.put([findingDocument(findingOf(found.data))]);
  const { detail } = Stored.parse(event);
  let batch: SearchDocument[] = [];
  let characters = 0;
  for await (const line of archived(detail.bucket.name, detail.object.key)) {
    const document = lineDocument(line);
    if (document === undefined) continue;
    batch.push(document);
    characters += document.words.length;
    if (batch.length < BULK_DOCUMENTS && characters < BULK_CHARACTERS) continue;
    await index.put(batch);
    batch = [];
    characters = 0;
  }
  await index.put(batch);
}

const findingOf = ({ 'detail-type': type, detail }: z.infer<typeof Found>) =>
  (type === 'AnomalyDetected' ? AnomalyDetected : InsightFound).parse(detail).data.finding;
