/** Where traffic goes. */
export interface TrafficTarget {
  /** Of the HTTP API: without a path. */
  readonly apiUrl: string;
  /** A bearer token of the mobile API that is good for a while; asked for with each request. */
  readonly token: () => Promise<string>;
  /** Codes of the properties that are booked; the token has to be good for all. */
  readonly properties: readonly string[];
  /** Sends a message of a channel; absent where there is no stream to reach. */
  readonly sendMessage?: (message: { readonly xml: string; readonly confirmation: string }) => Promise<void>;
}
