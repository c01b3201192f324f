import type { Finding } from '@lamplighter/contracts';
import type { Proposal } from '../playbook.ts';
import type { FunctionSettings, MappingSettings } from '../remedy-context.ts';

export const MAPPING_PERMISSIONS = ['lambda:GetEventSourceMapping', 'lambda:UpdateEventSourceMapping'];

export const STREAM = /:(kinesis|dynamodb):/;
export const QUEUE = /:sqs:/;

/** The one enabled mapping of this kind; of several, the one whose source the finding names. Where it names none, nobody can say which it is. */
export function mappingMeant(
  { causes, evidence }: Pick<Finding, 'causes' | 'evidence'>,
  settings: FunctionSettings | undefined,
  source: RegExp,
): MappingSettings | undefined {
  const read = (settings?.mappings ?? []).filter(({ sourceArn, enabled }) => enabled && source.test(sourceArn));
  if (read.length < 2) return read[0];
  const said = [...causes.flatMap(({ name, evidence: more }) => [name, ...more.map(({ text }) => text)])];
  const words = [...said, ...evidence.map(({ text }) => text)].flatMap((text) => text.split(/[^\w.-]+/));
  const named = read.filter(({ sourceArn }) => words.includes(nameOf(sourceArn)));
  return named.length === 1 ? named[0] : undefined;
}

/**
 * ARN of the Kinesis stream that is meant, among all streams that the function reads. A mapping of enhanced fan-out names its consumer, whose stream it is:
 * `arn:…:stream/<name>/consumer/<consumer>:<time>`. https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
export function kinesisStreamMeant(
  finding: Pick<Finding, 'causes' | 'evidence'>,
  settings: FunctionSettings | undefined,
): string | undefined {
  const arn = mappingMeant(finding, settings, STREAM)?.sourceArn;
  return arn?.includes(':kinesis:') ? arn.replace(/\/consumer\/.*$/, '') : undefined;
}

/** Of a queue `arn:…:sqs:…:<name>`, of a stream `arn:…:stream/<name>` or one of its consumers, of a table's stream `arn:…:table/<name>/stream/<time>`. */
export const nameOf = (sourceArn: string): string =>
  /:(?:table|stream)\/([^/]+)/.exec(sourceArn)?.[1] ?? sourceArn.split(/[:/]/).at(-1) ?? '';

type Settings = Partial<
  Pick<
    MappingSettings,
    | 'batchSize'
    | 'parallelizationFactor'
    | 'maximumConcurrency'
    | 'bisectBatchOnFunctionError'
    | 'maximumRetryAttempts'
    | 'enabled'
  >
>;

/** A change of one mapping, with its words and its patch. A pause has none: nobody wants the next deploy to keep it. */
export const mappingProposal = (
  { functionName }: FunctionSettings,
  { uuid, sourceArn }: MappingSettings,
  settings: Settings,
  words: Pick<Proposal, 'title' | 'undo'> & Partial<Pick<Proposal, 'reason'>>,
): Proposal => ({
  change: { kind: 'event-source-mapping', uuid, functionName, ...settings },
  reason: `It reads ${nameOf(sourceArn)}.`,
  costPerHourUsd: 0,
  ...words,
  ...(settings.enabled !== false && { patch: mappingPatch(functionName, sourceArn, settings) }),
});

/** Lines for the owner's serverless.yml: settings of a mapping stand with the event that makes it. */
function mappingPatch(functionName: string, sourceArn: string, settings: Settings): string {
  const event = QUEUE.test(sourceArn) ? 'sqs' : 'stream';
  const lines = Object.entries(settings).map(([key, value]) => `          ${key}: ${value}`);
  return [
    'functions:',
    `  your-function: # deployed as ${functionName}`,
    '    events:',
    `      - ${event}:`,
    `          arn: ${sourceArn}`,
    ...lines,
    '',
  ].join('\n');
}
