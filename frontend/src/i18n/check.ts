import { da } from './check.da';
import { en } from './check.en';

/** Texts of the page where the answers are checked and sent; they come with the page. */
export const check = { da, en };
