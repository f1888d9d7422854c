/** What is an endpoint? Method, path, who may call it, and the schemas of what goes in and comes out; handlers and OpenAPI read it. */
import * as z from 'zod';
import { statusOfCode } from '../errors.ts';

export const roles = ['creator', 'analyst', 'admin', 'service'] as const;
export type Role = (typeof roles)[number];

/** What a request carries in its body: the media types taken and the schema it must fit. */
export interface Body<Schema extends z.ZodType = z.ZodType> {
  types: readonly string[];
  schema: Schema;
  /** Shown in the description; further ones by name. */
  example?: unknown;
  examples?: { [name: string]: unknown };
}

/** The functions that answer requests, each a folder in functions/. */
export const answering = [
  'collect-events',
  'report',
  'request-export',
  'request-import',
  'settings',
  'receive-webhook',
  'connect',
  'quarantine',
] as const;

/** What a request passes before a function sees it. */
export interface Gate {
  to: (typeof answering)[number];
  /** Requests per second of one caller, over ten seconds; of a public endpoint, whose callers nobody knows, over all of them. */
  rate: number;
  /** Beside it, how many requests the gateway takes at once. */
  burst: number;
}

export interface Endpoint<Query extends z.ZodObject = z.ZodObject, Input extends z.ZodType = z.ZodType> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  gate: Gate;
  /** One line for the API description. */
  summary: string;
  /** `public`: no token. Creators reach their own creatorId only, analysts and admins all. */
  roles: 'public' | readonly Role[];
  /** Of a public one: why it is right to answer without a token. */
  publicBecause?: string;
  /** Strict: a parameter that is not declared is refused. */
  query: Query;
  body?: Body<Input>;
  /** The route gets the bytes as they came, of any type, before anything reads them: what signs them is checked there. At most 1 MB. */
  takesRawBody?: true;
  status: 200 | 202 | 302;
  /** Schema of the answer, or `html`, or `redirect`: it lies elsewhere, or `empty`: the status says all. */
  answer: z.ZodType | 'html' | 'redirect' | 'empty';
}

/** Declares an endpoint; exists so that query and body keep their types. */
export const endpoint = <Query extends z.ZodObject, Input extends z.ZodType>(
  declared: Endpoint<Query, Input>,
): Endpoint<Query, Input> => declared;

export const noQuery = z.strictObject({});
export const readers: readonly Role[] = ['creator', 'analyst', 'admin'];
/** Who changes what belongs to a creator: analysts look on. */
export const owners: readonly Role[] = ['creator', 'admin'];

/** How every refusal is answered (RFC 9457), with a stable code. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(Object.keys(statusOfCode) as [keyof typeof statusOfCode, ...(keyof typeof statusOfCode)[]]),
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
