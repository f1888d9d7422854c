/** What came of a consent, once its seller is back from the vendor's page? It is completed here, by who is signed in. */
import { useEffect, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useCreator } from '../../components/creator.tsx';
import { Notice } from '../../components/notice.tsx';
import { say, sayList } from '../../formatting/say.ts';
import { useComplete } from './use-sources.ts';

interface Consent {
  vendor: string;
  /** The query that the vendor sent the seller back with. */
  back: string;
}

/** Of the address, once: it is taken out of it, so that nobody who loads the page again completes it again. */
function useConsent(): Consent | undefined {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const [consent] = useState((): Consent | undefined => {
    const query = new URLSearchParams(search);
    const [vendor, back] = [query.get('consent'), query.get('back')];
    return vendor && back ? { vendor, back } : undefined;
  });
  useEffect(() => {
    const query = new URLSearchParams(search);
    if (!query.has('consent')) return;
    query.delete('consent');
    query.delete('back');
    navigate(query.size ? `${path}?${query}` : path, { replace: true });
  }, [search, path, navigate]);
  return consent;
}

/** Each consent is sent once, however often React runs an effect. */
const sent = new Set<string>();

export function Completion() {
  const { creatorId } = useCreator();
  const consent = useConsent();
  const { mutate, data, error, isPending } = useComplete(creatorId);
  useEffect(() => {
    if (!consent || sent.has(consent.back)) return;
    sent.add(consent.back);
    mutate(consent);
  }, [consent, mutate]);
  if (isPending) return <Notice>{say('consent.pending')}</Notice>;
  if (error)
    return (
      <Notice tone="bad">
        <p>{say('consent.failed')}</p>
        <p lang="en">{error.message}</p>
      </Notice>
    );
  if (!data) return null;
  return (
    <div data-connected>
      <Notice>{say('consent.done', { shops: sayList(data.shops.map(({ shop }) => shop)) })}</Notice>
    </div>
  );
}
