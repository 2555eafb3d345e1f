import { da } from './rules.da';
import { en } from './rules.en';

/** Texts of publishing the rules and of re-assessing an incident; both languages, so that they come with the page. */
export const rules = { da, en };
