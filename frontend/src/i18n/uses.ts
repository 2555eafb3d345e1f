import { da } from './uses.da';
import { en } from './uses.en';

/** Texts of the log of use; both languages, so that they come with the page and the switch is instant. */
export const uses = { da, en };
