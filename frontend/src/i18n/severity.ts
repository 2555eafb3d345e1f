import { da } from './severity.da';
import { en } from './severity.en';

/** Texts about the severity of an incident: proposed and confirmed. */
export const severity = { da, en };
