import { da } from './erasure.da';
import { en } from './erasure.en';

/** Texts of erasing incidents at once; both languages, so that they come with the page. */
export const erasure = { da, en };
