import { da } from './access.da';
import { en } from './access.en';

/** Texts of rights: one's own, other people's, and reviews; both languages, so that they come with the page. */
export const access = { da, en };
