/** Which text is an e-mail address that mail may be sent to or from? One plain address: no name, no list, nothing that could become a header. */
import * as z from 'zod';

/** RFC 5321 allows no longer ones; SES takes ASCII before the @ only. */
const longest = 254;
const longestLocalPart = 64;

export const mailAddress = z
  .email({ error: 'must be one plain e-mail address such as ana@example.com' })
  .max(longest, `has more than ${longest} characters`)
  .refine((address) => address.indexOf('@') <= longestLocalPart, `has more than ${longestLocalPart} characters before the @`);
