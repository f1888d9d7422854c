/** How is a mail sent? One call to SES, which may be sure to have failed only where SES says so. */
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import type { Message } from './message.ts';

/**
 * Sends one mail. Throws with the name of the reason alone: what SES says further names addresses, and what is thrown is logged.
 * TRICKY: after a lost answer the mail may be on its way all the same; SES knows no token by which it would tell a repetition.
 */
export type SendMail = (message: Message) => Promise<void>;

/** No answer within this many ms counts as a failure; whoever waits longer than twice this knows that the call has ended. */
export const longestSend = 10_000;

/** The SDK tries nothing again by itself: that could send twice, and whoever calls keeps account of attempts. */
const makeClient = (): SESv2Client =>
  new SESv2Client({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 3000, requestTimeout: longestSend, throwOnRequestTimeout: true },
  });

/** Sends from this address, whose identity SES must have verified. */
export function openMail(from: string, client = makeClient()): SendMail {
  return async ({ to, subject, text, html }) => {
    const part = (Data: string) => ({ Data, Charset: 'UTF-8' });
    const Simple = { Subject: part(subject), Body: { Text: part(text), Html: part(html) } };
    const send = new SendEmailCommand({ FromEmailAddress: from, Destination: { ToAddresses: [to] }, Content: { Simple } });
    try {
      await client.send(send);
    } catch (error) {
      const name = error instanceof Error && /^\w{1,80}$/.test(error.name) ? error.name : 'an error';
      throw new Error(`the mail service answered ${name}`);
    }
  };
}
