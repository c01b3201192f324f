import { jsonService } from '../../core/protocols/json-protocol.ts';
import { renderQueryError } from '../../core/protocols/query-protocol.ts';
import { ApiError, type AwsService, type Emulated, type ServiceContext } from '../../core/service.ts';
import { moveOperations } from './operations/move-operations.ts';
import { queueOperations } from './operations/queue-operations.ts';
import { deleteMessage, receiptHandle, receiveOperations, systemAttributes } from './operations/receive-operations.ts';
import { sendMessage, sendOperations } from './operations/send-operations.ts';
import { isQueryRequest, readQueryRequest, renderQueryOutput } from './query-adapter.ts';
import { md5 } from './queue/message.ts';
import type { MoveTask } from './queue/move-task.ts';
import { Queues } from './queue/queues.ts';
import { assertServiceMaySend } from './queue-policy.ts';
import { queuePolicyResource, queueResource } from './queue-resource.ts';
import { queryCodeOf } from './sqs-error.ts';
import type { SqsPeer } from './sqs-peer.ts';

/** Amazon SQS on the injected clock, in its JSON protocol and in the query protocol that older clients speak. */
export function createSqs(context: ServiceContext): Emulated<SqsPeer> {
  const queues = new Queues(context);
  const moves: MoveTask[] = [];
  const json = jsonService({
    signingName: 'sqs',
    targetPrefix: 'AmazonSQS',
    version: '1.0',
    operations: {
      ...queueOperations(queues, () => context.clock.now()),
      ...sendOperations(queues),
      ...receiveOperations(queues, context.clock),
      ...moveOperations(queues, context, moves),
    },
    resources: {
      'AWS::SQS::Queue': queueResource(queues, context),
      'AWS::SQS::QueuePolicy': queuePolicyResource(queues, context),
    },
    stop: async () => {
      for (const move of moves) move.stop();
      for (const queue of queues.all()) queue.stop();
    },
  });
  return { service: inBothProtocols(json), peer: sqsPeer(queues) };
}

/** A query request is carried out as the JSON request that says the same; its answer and its errors are XML. */
function inBothProtocols(json: AwsService): AwsService {
  return {
    ...json,
    describe(request) {
      if (!isQueryRequest(request.headers)) return json.describe(request);
      const { operation, input } = readQueryRequest(request.body, request.url);
      const headers = { 'x-amz-target': `AmazonSQS.${operation}` };
      return json.describe({ ...request, headers, body: Buffer.from(JSON.stringify(input)) });
    },
    async handle(call, request, caller) {
      const response = await json.handle(call, request, caller);
      if (!isQueryRequest(request.headers)) return response;
      const body = renderQueryOutput(call.operation, JSON.parse(String(response.body)) as object);
      return { status: 200, headers: { 'content-type': 'text/xml' }, body };
    },
    renderError(error, request) {
      const code = queryCodeOf(error);
      if (request && isQueryRequest(request.headers)) {
        return renderQueryError(new ApiError(code, error.message, error.status));
      }
      const response = json.renderError(error);
      const fault = error.status < 500 ? 'Sender' : 'Receiver';
      return { ...response, headers: { ...response.headers, 'x-amzn-query-error': `${code};${fault}` } };
    },
  };
}

function sqsPeer(queues: Queues): SqsPeer {
  return {
    async send(queueArn, body, attributes = {}, traceHeader = undefined) {
      const MessageAttributes = Object.fromEntries(
        Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
      );
      const sender = { accessKeyId: 'AWS', ...(traceHeader ? { traceHeader } : {}) };
      sendMessage(queues.named(queueArn), { Id: '', MessageBody: body, MessageAttributes }, sender);
    },
    async receive(queueArn, max) {
      const queue = queues.named(queueArn);
      return queue.receive(max).map((message) => ({
        messageId: message.messageId,
        receiptHandle: receiptHandle(queue, message),
        body: message.body,
        attributes: systemAttributes(message),
        md5OfBody: md5(message.body),
        messageAttributes: message.attributes,
      }));
    },
    async delete(queueArn, ReceiptHandle) {
      deleteMessage(queues.named(queueArn), { Id: '', ReceiptHandle });
    },
    assertMaySend: (queueArn, principal) => assertServiceMaySend(queues.named(queueArn), principal),
    onSend: (queueArn, listener) => queues.named(queueArn).onMessage(listener),
  };
}
