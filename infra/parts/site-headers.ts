/** How does CloudFront put the dashboard's headers on its answers? */
import { Duration } from 'aws-cdk-lib';
import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { hstsSeconds, securityHeaders } from '../web-headers.ts';

/** Headers that CloudFront has settings of their own for; it takes them in no other way. */
const OWN_SETTINGS = [
  'content-security-policy',
  'referrer-policy',
  'strict-transport-security',
  'x-content-type-options',
  'x-frame-options',
];

/** A policy of this name with the headers of web-headers.ts; what the bucket says of the same is overruled. */
export function siteHeaders(scope: Construct, name: string, connect: readonly string[]): ResponseHeadersPolicy {
  const headers = securityHeaders({ connect });
  const others = Object.entries(headers).filter(([name]) => !OWN_SETTINGS.includes(name));
  const override = true;
  return new ResponseHeadersPolicy(scope, 'Headers', {
    comment: 'Creator Analytics: dashboard',
    responseHeadersPolicyName: name,
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: headers['content-security-policy'] ?? '', override },
      contentTypeOptions: { override },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override },
      strictTransportSecurity: { accessControlMaxAge: Duration.seconds(hstsSeconds), includeSubdomains: true, override },
    },
    customHeadersBehavior: { customHeaders: others.map(([header, value]) => ({ header, value, override })) },
  });
}
