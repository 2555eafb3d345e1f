import { da } from './keptUses.da';
import { en } from './keptUses.en';

/** Texts of log entries that are kept beyond their deadline; both languages, so that they come with the page. */
export const keptUses = { da, en };
