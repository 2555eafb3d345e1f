import type { ReactNode } from 'react';
import type { VersionHeadFragment } from '../law.generated';

/** What a part's page gets: the version, and the frame that all parts share. */
export type PartProps = {
	version: string;
	frame: (head: VersionHeadFragment, inside: ReactNode) => ReactNode;
};
