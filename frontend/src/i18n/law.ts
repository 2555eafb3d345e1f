import { da } from './law.da';
import { en } from './law.en';

/** Texts of the pages that show the rules and try them; both languages, so that they come with the page. */
export const law = { da, en };
