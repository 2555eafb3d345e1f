import { da } from './retention.da';
import { en } from './retention.en';

/** Texts of how long data is kept; both languages, so that they come with the page. */
export const retention = { da, en };
