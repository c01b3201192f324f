/** What a distribution serves, and from where. */

export interface Origin {
  readonly id: string;
  /** `bucket.s3.us-east-1.amazonaws.com`, `abcdefghij.execute-api.us-east-1.amazonaws.com`, or any other host. */
  readonly domainName: string;
  readonly originPath: string;
  /** An S3 origin is read by CloudFront itself, as the bucket's policy lets it. */
  readonly isS3: boolean;
  /** How a custom origin is asked. */
  readonly protocol: 'http' | 'https';
  readonly accessControlId?: string;
  readonly customHeaders: Readonly<Record<string, string>>;
}

export interface CacheBehavior {
  /** `*` for the default behaviour. */
  readonly pathPattern: string;
  readonly targetOriginId: string;
  readonly allowedMethods: readonly string[];
  readonly cachePolicyId: string;
  readonly originRequestPolicyId?: string;
  readonly responseHeadersPolicyId?: string;
  readonly viewerRequestArn?: string;
  readonly viewerResponseArn?: string;
}

export interface CustomErrorResponse {
  readonly errorCode: number;
  readonly responseCode: number;
  readonly pagePath: string;
}

export interface Distribution {
  /** `E` and 13 capitals and digits. */
  readonly id: string;
  /** `d` and 13 letters and digits, under `cloudfront.net`. */
  readonly domainName: string;
  readonly arn: string;
  readonly createdAt: number;
  config: DistributionConfig;
}

export interface DistributionConfig {
  readonly isEnabled: boolean;
  readonly comment: string;
  readonly defaultRootObject: string;
  readonly origins: readonly Origin[];
  /** In the order in which they are tried; the default one is the last. */
  readonly behaviors: readonly CacheBehavior[];
  readonly errors: readonly CustomErrorResponse[];
  /** Recorded; nothing is enforced. */
  readonly webAclId?: string;
}

/** Which headers, cookies or query strings of the viewer reach the origin. */
export interface Selection {
  readonly kind: 'none' | 'all' | 'only' | 'except';
  /** Lower case for headers. */
  readonly names: readonly string[];
}

/** A cache policy or an origin request policy, as far as it decides what is passed on. Nothing is cached. */
export interface ForwardingPolicy {
  readonly headers: Selection;
  readonly cookies: Selection;
  readonly queryStrings: Selection;
}

/** Headers that are put on what a viewer receives. */
export interface ResponseHeadersPolicy {
  readonly set: readonly { readonly name: string; readonly value: string; readonly overrides: boolean }[];
  readonly remove: readonly string[];
  readonly cors?: {
    readonly origins: readonly string[];
    readonly headers: readonly string[];
    readonly methods: readonly string[];
    readonly exposed: readonly string[];
    readonly allowsCredentials: boolean;
    readonly maxAgeSeconds?: number;
    readonly overrides: boolean;
  };
}
