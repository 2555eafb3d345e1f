import { da } from './compliance.da';
import { en } from './compliance.en';

/** Texts of the report for the supervising authority; both languages, so that they come with the page. */
export const compliance = { da, en };
