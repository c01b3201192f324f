import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { afterEach, beforeEach } from '@jest/globals';
import type { Peers } from '../../../core/peers.ts';
import { VirtualClock } from '../../../core/time/virtual-clock.ts';
import { type LoneService, startLoneService } from '../../../testing/lone-service.ts';
import type { InvokeRequest } from '../../lambda/lambda-peer.ts';
import { createCloudWatch } from '../index.ts';
import type { MetricsPeer } from '../metrics-peer.ts';

/** An event of CloudWatch's, as far as the tests read it. */
export interface AlarmEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: {
    readonly state: { readonly value: string; readonly reason: string };
    readonly configuration: unknown;
  };
}

/** Where the clock of each test stands at first. */
export const START = Date.UTC(2026, 0, 1);
export const MINUTE_MS = 60_000;
/** The first ten minutes. */
export const TEN_MINUTES = { StartTime: new Date(START), EndTime: new Date(START + 10 * MINUTE_MS) };

/** A statistic of a metric that {@link CloudWatchSuite.put} takes. */
export const stat = (MetricName: string, Stat: string, Period = 60) => ({
  Metric: { Namespace: 'shop', MetricName },
  Stat,
  Period,
});

/** CloudWatch alone, anew for each test of a suite, with peers that note what it tells them. */
export class CloudWatchSuite {
  clock = new VirtualClock(START);
  emitted: AlarmEvent[] = [];
  invoked: InvokeRequest[] = [];
  #lone: LoneService<MetricsPeer> | undefined;
  #client: CloudWatchClient | undefined;

  /** Registers what starts CloudWatch before each test of the suite and stops it after it. */
  constructor() {
    beforeEach(() => this.#start());
    afterEach(async () => {
      this.#client?.destroy();
      await this.#lone?.stop();
    });
  }

  get client(): CloudWatchClient {
    return this.#client!;
  }

  get peer(): MetricsPeer {
    return this.#lone!.peer;
  }

  get endpoint(): string {
    return this.#lone!.clientConfig.endpoint;
  }

  /** Puts a value of a metric of the namespace `shop`. */
  put(MetricName: string, datum: object) {
    return this.client.send(new PutMetricDataCommand({ Namespace: 'shop', MetricData: [{ MetricName, ...datum }] }));
  }

  async #start(): Promise<void> {
    this.clock = new VirtualClock(START);
    this.emitted = [];
    this.invoked = [];
    const peers = {
      events: { emit: (event: AlarmEvent) => this.emitted.push(event) },
      lambda: { invokeAsync: async (request: InvokeRequest) => this.invoked.push(request) },
    } as unknown as Partial<Peers>;
    this.#lone = await startLoneService(createCloudWatch, { clock: this.clock, peers });
    this.#client = new CloudWatchClient(this.#lone.clientConfig);
  }
}
