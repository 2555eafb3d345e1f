import { da } from './keys.da';
import { en } from './keys.en';

/** Texts of the keys of what is sealed; both languages, so that they come with the page. */
export const keys = { da, en };
