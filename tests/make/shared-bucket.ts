/** How does a test get a lake without starting a server? A bucket of its own on the one that all tests share. */
import { inject } from 'vitest';
import { bucketOn, type MadeBucket } from './bucket.ts';

export const shareBucket = (name = 'lake'): Promise<MadeBucket> => bucketOn(inject('s3'), name);
