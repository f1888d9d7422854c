/** What does settings answer? Written by `npm run generate` from the files in routes/. */
import { calendar, newCalendar } from './routes/calendar.ts';
import { goals, newGoals } from './routes/goals.ts';
import { dismissed, done } from './routes/recommendations.ts';
import { newViews, savedViews } from './routes/saved-views.ts';
import { newStockTerms, stockTerms } from './routes/stock-terms.ts';

export const routes = [savedViews, newViews, calendar, newCalendar, goals, newGoals, stockTerms, newStockTerms, done, dismissed];
