/** How does a component learn where this dashboard stands? */
import { useQuery } from '@tanstack/react-query';
import { loadConfig } from './config.ts';

/** The configuration, read once: it does not change while the page stands. */
export const useConfig = () => useQuery({ queryKey: ['config'], queryFn: loadConfig, staleTime: Number.POSITIVE_INFINITY });
