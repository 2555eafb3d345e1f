import { da } from './attempts.da';
import { en } from './attempts.en';

/** Texts of the rejected attempts; both languages, so that they come with the page and the switch is instant. */
export const attempts = { da, en };
