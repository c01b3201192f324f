const UUID = '[0-9a-fA-F]{8}-[0-9a-zA-Z]{4}-[0-9a-zA-Z]{4}-[0-9a-zA-Z]{4}-[0-9a-fA-F]{12}';
const PLATFORM =
  /^(?:START RequestId: |END RequestId: |REPORT RequestId: |INIT_START\b|INIT_REPORT\b|RESTORE_START\b|RESTORE_REPORT\b|(?:EXTENSION|LOGS|TELEMETRY)\s+Name: |RequestId: \S+ (?:Error: |Process exited))/;
const PLATFORM_EVENT = /^\{.{0,200}"type"\s*:\s*"platform\.[a-zA-Z]+"/s;
const APPLICATION = new RegExp(
  [
    `^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z\\t(?:${UUID}|undefined)\\t[A-Za-z]+\\t`, // Node
    `^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z ${UUID} Task timed out after `,
    `^\\[[A-Z]+\\]\\t\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z\\t(?:${UUID})?\\t`, // Python
    `^\\{.*"(?:requestId|AWSRequestId|function_request_id)"\\s*:\\s*"${UUID}"`, // JSON log format, Powertools
  ].join('|'),
  's',
);

/** Whether a message begins as the Lambda service writes its text records: where one starts, an event starts. */
export function startsPlatformRecord(message: string): boolean {
  return PLATFORM.test(message);
}

/** Whether a message can only come from a Lambda function: a platform record, or a line in the form that Lambda's runtimes give it. */
export function isLambdaRecord(message: string): boolean {
  const text = message.length > 4_000 ? message.slice(0, 4_000) : message;
  const start = text.trimStart();
  return PLATFORM.test(start) || PLATFORM_EVENT.test(start) || APPLICATION.test(start);
}

const STREAM = /^\d{4}\/\d\d\/\d\d\/[^\s[\]]*\[[^\]]+\][0-9a-f]{32}$/;

/** Whether a log group or stream is one that Lambda names: `/aws/lambda/...`, `2026/11/21/[$LATEST]<32 hex>`; or the spans of X-Ray. */
export function isLambdaOrigin(logGroup: string | undefined, logStream: string | undefined): boolean {
  return logGroup?.startsWith('/aws/lambda/') === true || logGroup === 'aws/spans' || STREAM.test(logStream ?? '');
}
