/** What can be set? Two lines a setting: how it stands, and what replaces it. */
import { newViews, savedViews } from './routes/saved-views.ts';

export const routes = [savedViews, newViews];
