import { emitManagementEvent } from '../../../core/cloudtrail-event.ts';
import type { RestInput, RestOperation } from '../../../core/protocols/rest-operation.ts';
import type { ServiceContext } from '../../../core/service.ts';

/**
 * Writes that CloudTrail tells, by the names that it gives them ("Logging AWS Lambda API calls using AWS CloudTrail", AWS Lambda Developer Guide).
 * What a stack makes is not told: nothing runs yet.
 */
const EVENT_NAMES: Readonly<Record<string, string>> = {
  UpdateFunctionCode: 'UpdateFunctionCode20150331v2',
  UpdateFunctionConfiguration: 'UpdateFunctionConfiguration20150331v2',
  PublishVersion: 'PublishVersion20150331',
  UpdateAlias: 'UpdateAlias20150331',
  PutFunctionConcurrency: 'PutFunctionConcurrency20171031',
  DeleteFunctionConcurrency: 'DeleteFunctionConcurrency20171031',
};

/** The operations, those that change a function followed by what CloudTrail tells of them where they succeed. */
export function tellingChanges(
  operations: Readonly<Record<string, RestOperation>>,
  context: ServiceContext,
): Record<string, RestOperation> {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => {
      const eventName = EVENT_NAMES[name];
      return [name, eventName === undefined ? operation : telling(operation, eventName, context)];
    }),
  );
}

function telling(operation: RestOperation, eventName: string, context: ServiceContext): RestOperation {
  return {
    ...operation,
    async handle(request) {
      const response = await operation.handle(request);
      // A sandbox of few services may have no bus.
      if (!('events' in context.peers)) return response;
      const body = response.body === undefined ? undefined : (JSON.parse(String(response.body)) as object);
      const responseElements = body === undefined ? null : withoutVariables(body);
      const requestParameters = parametersOf(request.input, eventName);
      const told = { service: 'lambda', eventName, requestParameters, responseElements };
      emitManagementEvent(context, told, { caller: request.caller });
      return response;
    },
  };
}

/** As CloudTrail has them: members in lower camel case, code left out, and the environment of a configuration always there and always empty. */
function parametersOf({ path, body }: RestInput, eventName: string): Record<string, unknown> {
  const { FunctionName, Name } = path;
  const { ZipFile: _code, ...told } = body;
  return {
    ...withoutVariables(told),
    ...(eventName.startsWith('UpdateFunctionConfiguration') ? { environment: {} } : {}),
    functionName: FunctionName,
    ...(Name === undefined ? {} : { name: Name }),
  };
}

function withoutVariables(members: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [lowerFirst(name), name === 'Environment' ? {} : value]),
  );
}

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
