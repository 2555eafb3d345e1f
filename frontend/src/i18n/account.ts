import { da } from './account.da';
import { en } from './account.en';

/** Texts of one's own account; both languages, so that they come with the page and the switch is instant. */
export const account = { da, en };
