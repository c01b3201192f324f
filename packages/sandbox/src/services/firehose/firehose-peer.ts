export interface FirehosePeer {
  /** Writes everything that is buffered to its bucket now, without waiting for the interval. */
  flush(): Promise<void>;
  put(deliveryStreamArn: string, data: Buffer): Promise<void>;
}
