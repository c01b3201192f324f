import { isObject } from '../../../../core/protocols/json.ts';
import { templateProblems } from './check-expressions.ts';
import { DISTRIBUTED_MAP_FIELDS } from './fields.ts';
import { notEmulated, type Problem, schemaProblem } from './problem.ts';

type Fields = Readonly<Record<string, unknown>>;

const INPUT_TYPES = ['CSV', 'JSON', 'JSONL', 'MANIFEST'];
const READER_FIELDS = [
  'InputType',
  'CSVHeaderLocation',
  'CSVHeaders',
  'CSVDelimiter',
  'ItemsPointer',
  'ManifestType',
  'MaxItems',
  'MaxItemsPath',
];

/** A Map state's own fields; its processor is checked as a graph. */
export function mapProblems(state: Fields, location: string): readonly Problem[] {
  const processor = state.ItemProcessor ?? state.Iterator;
  if (!isObject(processor)) return [schemaProblem("A Map state must have an 'ItemProcessor'", location)];
  const { Mode = 'INLINE', ExecutionType } = (
    isObject(processor.ProcessorConfig) ? processor.ProcessorConfig : {}
  ) as Fields;
  if (Mode !== 'INLINE' && Mode !== 'DISTRIBUTED')
    return [
      schemaProblem("The field 'Mode' must be INLINE or DISTRIBUTED", `${location}/ItemProcessor/ProcessorConfig`),
    ];
  if (Mode === 'INLINE') {
    return DISTRIBUTED_MAP_FIELDS.filter((name) => state[name] !== undefined).map((name) =>
      schemaProblem(`The field '${name}' is supported only by a Map state in DISTRIBUTED mode`, `${location}/${name}`),
    );
  }
  return [
    ...(ExecutionType === 'STANDARD' || ExecutionType === 'EXPRESS'
      ? []
      : [
          schemaProblem(
            "The field 'ExecutionType' must be STANDARD or EXPRESS",
            `${location}/ItemProcessor/ProcessorConfig`,
          ),
        ]),
    ...readerProblems(state.ItemReader, `${location}/ItemReader`),
    ...writerProblems(state.ResultWriter, `${location}/ResultWriter`),
    ...(isObject(state.ItemBatcher)
      ? templateProblems(state.ItemBatcher.BatchInput, `${location}/ItemBatcher/BatchInput`)
      : []),
  ];
}

function readerProblems(reader: unknown, location: string): readonly Problem[] {
  if (reader === undefined) return [];
  if (!isObject(reader)) return [schemaProblem("The field 'ItemReader' must be an object", location)];
  const config = (reader.ReaderConfig ?? {}) as Fields;
  const isListing = reader.Resource === 'arn:aws:states:::s3:listObjectsV2';
  if (!isListing && reader.Resource !== 'arn:aws:states:::s3:getObject')
    return [notEmulated(`the item reader ${String(reader.Resource)}`, location)];
  const unknown = Object.keys(config).filter((name) => !READER_FIELDS.includes(name));
  const type = config.InputType;
  return [
    ...templateProblems(reader.Parameters, `${location}/Parameters`),
    ...unknown.map((name) => notEmulated(`ReaderConfig ${name}`, location)),
    ...(isListing || INPUT_TYPES.includes(String(type))
      ? []
      : [notEmulated(`the input type ${String(type)}`, location)]),
    ...(config.ManifestType === undefined || config.ManifestType === 'S3_INVENTORY'
      ? []
      : [notEmulated(`the manifest type ${String(config.ManifestType)}`, location)]),
    ...(type === 'CSV' && config.CSVHeaderLocation === undefined
      ? [schemaProblem("A CSV reader must have a 'CSVHeaderLocation'", location)]
      : []),
  ];
}

function writerProblems(writer: unknown, location: string): readonly Problem[] {
  if (writer === undefined) return [];
  if (!isObject(writer)) return [schemaProblem("The field 'ResultWriter' must be an object", location)];
  if (writer.Resource !== undefined && writer.Resource !== 'arn:aws:states:::s3:putObject')
    return [notEmulated(`the result writer ${String(writer.Resource)}`, location)];
  if (writer.Resource === undefined && writer.WriterConfig === undefined)
    return [schemaProblem('A ResultWriter must not be empty', location)];
  return templateProblems(writer.Parameters, `${location}/Parameters`);
}
