/** Is a sentence with a link whole, and a refusal one that a seller understands? */
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Say } from '../../web/components/say.tsx';
import { ApiFailure } from '../../web/data/api.ts';
import { titleOf } from '../../web/formatting/kpis.ts';
import { formatFailure, formatIssue } from '../../web/formatting/refusals.ts';

const code = (text: string) => createElement('code', null, text);

describe('a sentence with parts', () => {
  it('has each of them where its message has it', () => {
    const html = renderToStaticMarkup(
      createElement(Say, { id: 'notYours.connect', values: { creatorId: 'c-7' }, parts: { code } }),
    );
    expect(html).toBe('Your numbers appear here as soon as the first orders of <code>c-7</code> come in.');
  });

  it('takes no tag from what somebody typed', () => {
    const values = { creatorId: '</code><code>' };
    const html = renderToStaticMarkup(createElement(Say, { id: 'notYours.connect', values, parts: { code } }));
    expect(html).toContain('<code>&lt;/code&gt;&lt;code&gt;</code>');
  });
});

describe('a refusal', () => {
  it.each([
    ['mailTo', 'must be an e-mail address', 'Write the e-mail address like ana@example.com.'],
    ['mailTo', 'no mail is sent here, the deployment has no mailFrom', /sends no e-mail/],
    ['timeZone', 'must be an IANA time zone', 'Choose a time zone from the list.'],
    ['what.kpis.names', 'must be one of …', 'names must be one of …'],
  ])('of %s (%s) is a sentence', (path, message, said) => {
    if (typeof said === 'string') expect(formatIssue({ path, message })).toBe(said);
    else expect(formatIssue({ path, message })).toMatch(said);
  });

  it('is told by its code, else in the words of the service', () => {
    expect(formatFailure(new ApiFailure(403, 'forbidden', 'role missing'))).toBe('Your account may not do this.');
    expect(formatFailure(new ApiFailure(409, 'conflict', 'There are 20 scheduled exports: delete one first.'))).toBe(
      'There are 20 scheduled exports: delete one first.',
    );
  });
});

describe('the title of a number', () => {
  it('is that of its messages, else that of the API', () => {
    expect(titleOf({ name: 'refundRate', title: 'Refund rate (value, in window)' })).toBe('Refund rate');
    expect(titleOf({ name: 'brandNew', title: 'Brand new' })).toBe('Brand new');
  });
});
