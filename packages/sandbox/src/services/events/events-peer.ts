/** An event as a rule's target receives it. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

export interface EventsPeer {
  /** Puts an event of an AWS service on the default bus: `CreateLogGroup` by CloudTrail, an alarm's change of state. */
  emit(event: { source: string; detailType: string; detail: unknown; resources?: readonly string[] }): void;
  /** Puts an event of an AWS service on the bus with this ARN, as a destination of a function does. Throws where there is no such bus. */
  putOnBus(
    eventBusArn: string,
    event: { source: string; detailType: string; detail: unknown; resources?: readonly string[] },
  ): Promise<void>;
}
