/** An ARN has six parts divided by colons; the label of a DynamoDB stream holds colons of its own. */
const SEQUENCE =
  /^(?<stream>arn:[^:]*:dynamodb:[^:]*:[^:]*:table\/[^/]+\/stream\/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+|arn:(?:[^:]*:){4}[^:]+|[^:]+)(?::(?<sequenceNumber>.+))?$/;

/** `STREAM[:SEQUENCE_NUMBER]`, where the stream may be an ARN. Undefined where it is neither. */
export function parseSequenceArgument(text: string): { stream: string; sequenceNumber?: string } | undefined {
  const groups = SEQUENCE.exec(text)?.groups;
  if (!groups?.stream) return undefined;
  return {
    stream: groups.stream,
    ...(groups.sequenceNumber === undefined ? {} : { sequenceNumber: groups.sequenceNumber }),
  };
}
