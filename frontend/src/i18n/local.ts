import { da } from './local.da';
import { en } from './local.en';

/** Texts of Varsel's own accounts; both languages, so that they come with the page and the switch is instant. */
export const local = { da, en };
