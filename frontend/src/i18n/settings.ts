import { da } from './settings.da';
import { en } from './settings.en';

/** Texts of the critical settings; both languages, so that they come with the page. */
export const settings = { da, en };
