import { da } from './authority.da';
import { en } from './authority.en';

/** Texts of the authorities' pages; both languages, so that they come with the page and the switch is instant. */
export const authority = { da, en };
