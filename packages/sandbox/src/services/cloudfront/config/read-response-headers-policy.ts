import type { ResponseHeadersPolicy } from './distribution.ts';
import { type Given, isTrue, listIn, objectOf, refuseOthers, textsIn } from './property-reader.ts';

type SetHeader = ResponseHeadersPolicy['set'][number];

/** Reads `ResponseHeadersPolicyConfig`. */
export function readResponseHeadersPolicy(given: Given): ResponseHeadersPolicy {
  refuseOthers('ResponseHeadersPolicyConfig', given, [
    'Name',
    'Comment',
    'CorsConfig',
    'CustomHeadersConfig',
    'SecurityHeadersConfig',
    'RemoveHeadersConfig',
  ]);
  const cors = given.CorsConfig === undefined ? undefined : corsOf(given.CorsConfig as Given);
  const custom = listIn(objectOf(given.CustomHeadersConfig).Items);
  return {
    set: [...securityHeaders(objectOf(given.SecurityHeadersConfig)), ...custom.map(customHeader)],
    remove: listIn(objectOf(given.RemoveHeadersConfig).Items).map(({ Header }) => String(Header).toLowerCase()),
    ...(cors ? { cors } : {}),
  };
}

const customHeader = ({ Header, Value, Override }: Given): SetHeader => ({
  name: String(Header).toLowerCase(),
  value: String(Value),
  overrides: isTrue(Override),
});

const SECURITY: Readonly<Record<string, readonly [name: string, valueOf: (given: Given) => string]>> = {
  ContentSecurityPolicy: ['content-security-policy', (given) => String(given.ContentSecurityPolicy)],
  ContentTypeOptions: ['x-content-type-options', () => 'nosniff'],
  FrameOptions: ['x-frame-options', (given) => String(given.FrameOption)],
  ReferrerPolicy: ['referrer-policy', (given) => String(given.ReferrerPolicy)],
  StrictTransportSecurity: ['strict-transport-security', transportSecurity],
  XSSProtection: ['x-xss-protection', xssProtection],
};

function securityHeaders(given: Given): readonly SetHeader[] {
  refuseOthers('SecurityHeadersConfig', given, Object.keys(SECURITY));
  return Object.entries(SECURITY).flatMap(([member, [name, headerOf]]) => {
    const value = given[member] as Given | undefined;
    return value ? [{ name, value: headerOf(value), overrides: isTrue(value.Override) }] : [];
  });
}

function transportSecurity(given: Given): string {
  const subdomains = isTrue(given.IncludeSubdomains) ? '; includeSubDomains' : '';
  return `max-age=${String(given.AccessControlMaxAgeSec)}${subdomains}${isTrue(given.Preload) ? '; preload' : ''}`;
}

function xssProtection(given: Given): string {
  if (!isTrue(given.Protection)) return '0';
  const report = given.ReportUri ? `; report=${String(given.ReportUri)}` : '';
  return `1${isTrue(given.ModeBlock) ? '; mode=block' : ''}${report}`;
}

function corsOf(given: Given): NonNullable<ResponseHeadersPolicy['cors']> {
  return {
    origins: textsIn(given.AccessControlAllowOrigins),
    headers: textsIn(given.AccessControlAllowHeaders),
    methods: textsIn(given.AccessControlAllowMethods),
    exposed: textsIn(given.AccessControlExposeHeaders),
    allowsCredentials: isTrue(given.AccessControlAllowCredentials),
    overrides: isTrue(given.OriginOverride),
    ...(given.AccessControlMaxAgeSec === undefined ? {} : { maxAgeSeconds: Number(given.AccessControlMaxAgeSec) }),
  };
}

const overriding = (name: string, value: string, overrides: boolean): SetHeader => ({ name, value, overrides });

/** Source: CloudFront Developer Guide, "Use managed response headers policies". */
export const MANAGED_RESPONSE_HEADERS: ReadonlyMap<string, ResponseHeadersPolicy> = new Map([
  [
    '67f7725c-6f97-4210-82d7-5512b31e9d03', // SecurityHeadersPolicy
    {
      set: [
        overriding('referrer-policy', 'strict-origin-when-cross-origin', false),
        overriding('strict-transport-security', 'max-age=31536000', false),
        overriding('x-content-type-options', 'nosniff', true),
        overriding('x-frame-options', 'SAMEORIGIN', false),
        overriding('x-xss-protection', '1; mode=block', false),
      ],
      remove: [],
    },
  ],
]);
