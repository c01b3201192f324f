import { createHash } from 'node:crypto';

/**
 * Invocations of a function in one chain of requests; the next one is dropped where its `RecursiveLoop` is `Terminate`. AWS says "approximately 16":
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 */
const MOST_INVOCATIONS = 16;

/** How often each function, by a hash of its ARN, has run in a chain of requests. */
type Lineage = ReadonlyMap<string, number>;

/** Whether a chain of requests has been through the function as often as it may. */
export const isLoop = (traceHeader: string | undefined, functionArn: string): boolean =>
  (lineageOf(traceHeader).get(hashOf(functionArn)) ?? 0) >= MOST_INVOCATIONS;

/**
 * The `Lineage` field of what the function sends on, one more than it was sent with: `a87bd80c:1|68fd508a:5`. AWS appends it to the trace header, traced or
 * not, and SDKs hand the header on: https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 */
export function lineageThrough(traceHeader: string | undefined, functionArn: string): string {
  const lineage = lineageOf(traceHeader);
  const own = hashOf(functionArn);
  return render(new Map([...lineage, [own, (lineage.get(own) ?? 0) + 1]]));
}

/** One trace header for a batch: its first one's, with the longest way that any of them has come. */
export function headerOfBatch(headers: readonly (string | undefined)[]): string | undefined {
  const present = headers.filter((header) => header !== undefined);
  const [first] = present;
  if (first === undefined) return undefined;
  const longest = new Map<string, number>();
  for (const header of present) {
    for (const [hash, count] of lineageOf(header)) longest.set(hash, Math.max(count, longest.get(hash) ?? 0));
  }
  const trace = first.split(';').filter((field) => !field.startsWith(FIELD));
  return [...trace, ...(longest.size > 0 ? [`${FIELD}${render(longest)}`] : [])].join(';');
}

const FIELD = 'Lineage=';

function lineageOf(traceHeader = ''): Lineage {
  const field = traceHeader.split(';').find((part) => part.startsWith(FIELD));
  const entries = field?.slice(FIELD.length).split('|') ?? [];
  return new Map(
    entries.map((entry) => {
      const [hash = '', count] = entry.split(':');
      return [hash, Number(count)];
    }),
  );
}

const render = (lineage: Lineage): string => [...lineage].map(([hash, count]) => `${hash}:${count}`).join('|');

/** Without its qualifier: versions and aliases of a function make one loop. */
const hashOf = (functionArn: string): string =>
  createHash('sha256').update(functionArn.split(':').slice(0, 7).join(':')).digest('hex').slice(0, 8);
