/** What may differ between two deployments, and what holds when nothing is said? */
import type { Node } from 'constructs';
import * as z from 'zod';
import { mailAddress } from '../shared/mail/address.ts';

/** CDK's `-c key=value` hands over strings, cdk.json and code hand over values: both are accepted. */
const count = z.coerce.number().int();
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]);
const list = z.union([z.array(z.string()), z.string().transform((words) => words.split(',').map((word) => word.trim()))]);

/** The keys a retention can have in CloudWatch Logs that are sensible here, in days. */
const LOG_RETENTION_DAYS = [1, 3, 7, 14, 30, 60, 90, 180, 365] as const;

/** SES lets an address send by its own identity, its domain's, or that of a domain above. */
const isIdentityOf = (address: string, identity: string): boolean =>
  address === identity || address.endsWith(`@${identity}`) || address.replace('@', '.').endsWith(`.${identity}`);

const configSchema = z
  .strictObject({
    /** First part of every stack's name: two deployments may share an account and Region. */
    name: z
      .string()
      .regex(/^[A-Z][A-Za-z0-9]{0,40}$/, 'starts with a capital, letters and digits only')
      .default('CreatorAnalytics'),
    /** One provisioned shard carries 1,000 events/s for about 11 USD a month; on demand scales by itself and starts at about 29. */
    streamMode: z.enum(['provisioned', 'on-demand']).default('provisioned'),
    streamShards: count.min(1).max(500).default(1),
    /** The stream that is written. Raising it makes a new stream beside the old one: parts/event-streams.ts tells the steps. */
    streamEpoch: count.min(1).default(1),
    /** Every stream up to here has been read to its end; the one after it is read now. */
    drainedEpoch: count.min(0).default(0),
    /** Every stream up to here has left the template (it stays in the account until someone deletes it). */
    removedEpoch: count.min(0).default(0),
    /** How long events wait for company before a file of the lake is written: longer makes fewer, larger files. At most 300. */
    archiveWindowSeconds: count.min(0).max(300).default(60),
    /** First day of arrival that Athena looks for. Every day since then costs a listing of each table that a query names. */
    lakeSince: z.iso.date().default('2026-01-01'),
    /** Where a query of an analyst is stopped, in GB scanned: 10 GB are about 0.05 USD. */
    analystScanGigabytes: z.coerce.number().min(0.01).max(100_000).default(10),
    /** Own key for table, stream and buckets (1 USD a month and its calls) instead of the services' keys. */
    customerKey: flag.default(false),
    /** What happens to tables, streams, buckets and users when they leave the template. `destroy` is for trials; buckets must be emptied by hand. */
    removal: z.enum(['retain', 'destroy']).default('retain'),
    logRetentionDays: count
      .refine((days) => LOG_RETENTION_DAYS.some((known) => known === days), {
        message: `one of ${LOG_RETENTION_DAYS.join(', ')}`,
      })
      .default(30),
    tracing: flag.default(false),
    /**
     * Requests per second that every route together may take; single routes and callers have their own, lower ones in routes.ts. An
     * account's own limit is 10,000 with 5,000 at once.
     */
    apiRate: count.min(1).default(5000),
    apiBurst: count.min(1).default(5000),
    /**
     * Runs of Lambda at once that the account has in this Region (Service Quotas: Concurrent executions). A new account has 10; from 200
     * on, shares are set apart for what answers people, so that a flood of questions cannot stop the counting.
     */
    accountConcurrency: count.min(1).default(10),
    /** The user pool refuses to be deleted by hand too. Off for the first deployment: if that fails, the pool must go with it. */
    protectUsers: flag.default(false),
    /** Where a browser may come from. Empty: no CORS headers at all, for a dashboard on the API's own domain. */
    corsOrigins: list.default([]),
    /** Where the sign-in page sends people back to. */
    dashboardUrls: list.default(['http://localhost:8787/']),
    /** A name of one's own for the dashboard, and the certificate for it, in us-east-1; without them it is a name of cloudfront.net. */
    dashboardDomain: z.hostname().optional(),
    dashboardCertificateArn: z
      .string()
      .regex(/^arn:[a-z-]+:acm:us-east-1:\d{12}:certificate\/\S+$/, 'is the ARN of a certificate in us-east-1')
      .optional(),
    /**
     * A way out when events were stamped by a release that was withdrawn and will not come back: those above this definitions version go
     * to quarantine instead of waiting for it. What the deployed code knows is never quarantined. Take it out again afterwards.
     */
    quarantineDefinitionsAbove: count.min(1).optional(),
    /** Who is told about alarms; nobody by default, the topic can be subscribed to by hand. */
    alarmEmail: z.email().optional(),
    /** Whom mail comes from, an address that SES has verified in this Region; without it no mail is sent, and none can be asked for. */
    mailFrom: mailAddress.optional(),
    /** The identity in SES that lets it send: a domain or the address itself; by default the address's domain. */
    mailIdentity: z
      .string()
      .regex(/^[\w.+@-]+$/, 'is a domain or an address')
      .optional(),
  })
  .refine(({ mailFrom = '', mailIdentity }) => !mailIdentity || isIdentityOf(mailFrom, mailIdentity), {
    path: ['mailIdentity'],
    message: 'is the domain of mailFrom, or mailFrom itself',
  })
  .refine((config) => config.drainedEpoch < config.streamEpoch, {
    path: ['drainedEpoch'],
    message: 'is below streamEpoch: the stream that is written has no end yet',
  })
  .refine((config) => config.removedEpoch <= config.drainedEpoch, {
    path: ['removedEpoch'],
    message: 'is at most drainedEpoch: a stream leaves only after it was read to its end',
  })
  .refine((config) => (config.dashboardDomain === undefined) === (config.dashboardCertificateArn === undefined), {
    path: ['dashboardDomain'],
    message: 'goes with dashboardCertificateArn: give both or neither',
  });

export type Config = z.output<typeof configSchema>;
export type ConfigInput = z.input<typeof configSchema>;

/** Fills a partial config with the defaults. Throws with every wrong key named. */
export function makeConfig(input: ConfigInput = {}): Config {
  const result = configSchema.safeParse(input);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The configuration is wrong. ${wrong.join('; ')}. See infra/config.ts.`);
}

/** Keys of the context that are not configuration. */
const OTHER_KEYS = ['nag'];

/** Reads the config from CDK context (cdk.json, `-c key=value`). A misspelt key is an error; CDK's own keys have a colon in them. */
export function readConfig(node: Node): Config {
  const context = Object.entries(node.getAllContext() as Record<string, unknown>);
  return makeConfig(Object.fromEntries(context.filter(([key]) => !key.includes(':') && !OTHER_KEYS.includes(key))));
}
