/** What do tests of the page's words begin with? English, as it is loaded for a reader of it. */
import { speak } from '../../web/formatting/languages.ts';

await speak('en');
