import { da } from './pages.da';
import { en } from './pages.en';

/** Texts of the pages that load on their own; both languages, so that they come with the page and the switch is instant. */
export const pages = { da, en };
