/** Which route of the API does a request belong to? */
import type { RouteSpec } from '../deployment.ts';

export interface Match<Route> {
  route: Route;
  pathParameters: Record<string, string>;
}

/**
 * Makes a finder over route keys (`GET /v1/creators/{creatorId}`, `ANY /x/{proxy+}`, `$default`).
 * As in API Gateway the most specific wins: text before parameter before greedy parameter, the method before ANY.
 */
export function makeRouter<Route extends Pick<RouteSpec, 'key'>>(
  routes: Route[],
): (method: string, path: string) => Match<Route> | undefined {
  const fallback = routes.find((route) => route.key === '$default');
  const compiled = routes
    .filter((route) => route !== fallback)
    .map((route) => {
      const [method = 'ANY', path = ''] = route.key.split(' ');
      return { route, method, segments: path.split('/').slice(1) };
    })
    .sort((a, b) => compareRanks(rank(a), rank(b)));
  return (method, path) => {
    const segments = path.split('/').slice(1);
    for (const candidate of compiled) {
      if (candidate.method !== 'ANY' && candidate.method !== method) continue;
      const pathParameters = matchSegments(candidate.segments, segments);
      if (pathParameters) return { route: candidate.route, pathParameters };
    }
    return fallback ? { route: fallback, pathParameters: {} } : undefined;
  };
}

function matchSegments(pattern: string[], segments: string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index];
    if (segment === undefined) return undefined;
    const name = part.match(/^\{(.+)\}$/)?.[1];
    if (name?.endsWith('+')) {
      parameters[name.slice(0, -1)] = segments.slice(index).map(decode).join('/');
      return parameters;
    }
    if (name) {
      // A parameter stands for something: `/v1/creators/` is not a creator without a name.
      if (segment === '') return undefined;
      parameters[name] = decode(segment);
    } else if (part !== segment) return undefined;
  }
  return pattern.length === segments.length ? parameters : undefined;
}

function rank({ method, segments }: { method: string; segments: string[] }): number[] {
  return [...segments.map((part) => (part.endsWith('+}') ? 2 : part.startsWith('{') ? 1 : 0)), method === 'ANY' ? 1 : 0];
}

function compareRanks(a: number[], b: number[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference) return difference;
  }
  return 0;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
