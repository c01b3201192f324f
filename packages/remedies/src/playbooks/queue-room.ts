import type { Obstacle } from '../playbook.ts';
import type { FunctionSettings, MappingSettings } from '../remedy-context.ts';

/** A multiple of the timeout that AWS advises: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html */
const ADVISED_TIMES = 6;

/** How long a call may take before a queue hands out again what it works on. */
export interface QueueRoom {
  readonly queueName: string;
  /** Absent: the queue could not be read. */
  readonly seconds?: number;
}

/**
 * The least room that the queues of a function leave its timeout; undefined where it reads none. A message is hidden from the moment it is received, the time in
 * which a batch is gathered included; Lambda refuses a mapping whose queue hides it for less than the timeout
 * (https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html).
 */
export function queueRoomOf({ mappings }: Pick<FunctionSettings, 'mappings'>): QueueRoom | undefined {
  const rooms = mappings.filter(({ sourceArn, enabled }) => enabled && sourceArn.includes(':sqs:')).map(roomIn);
  return rooms.reduce<QueueRoom | undefined>(
    (least, room) => (least === undefined || secondsOf(room) < secondsOf(least) ? room : least),
    undefined,
  );
}

function roomIn({ sourceArn, visibilityTimeoutS, batchingWindowS = 0 }: MappingSettings): QueueRoom {
  const queueName = sourceArn.split(':').at(-1)!;
  return visibilityTimeoutS === undefined
    ? { queueName }
    : { queueName, seconds: Math.max(0, visibilityTimeoutS - batchingWindowS) };
}

/** What is not known leaves no room. */
const secondsOf = ({ seconds = 0 }: QueueRoom): number => seconds;

/** A timeout that leaves the queue its room; 0 where nothing is known of it. */
export const withinRoom = (timeoutS: number, room: QueueRoom | undefined): number =>
  room === undefined ? timeoutS : Math.min(timeoutS, secondsOf(room));

/** Why the timeout cannot be so long. */
export const noRoomFor = (timeoutS: number, { queueName, seconds }: QueueRoom): Obstacle => ({
  reason:
    seconds === undefined
      ? `The visibility timeout of ${queueName} cannot be read: nobody can say whether messages would be handed out while they are still worked on.`
      : `${queueName} hands a message out again after ${seconds} s: in ${timeoutS} s it would be worked on twice at once.`,
  lift: `Give ${queueName} a visibility timeout of ${timeoutS} s or more (AWS advises ${timeoutS * ADVISED_TIMES}), and the function a timeout of ${timeoutS} s.`,
});
