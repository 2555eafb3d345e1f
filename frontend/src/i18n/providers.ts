import { da } from './providers.da';
import { en } from './providers.en';

/** Texts of trusting identity providers; both languages, so that they come with the page. */
export const providers = { da, en };
