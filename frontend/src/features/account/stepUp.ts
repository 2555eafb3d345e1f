import type { CombinedError } from 'urql';

/** Whether an operation was refused because the person must show again who they are. */
export const needsStepUp = (error: CombinedError | undefined): boolean =>
	error?.graphQLErrors.some(({ extensions }) => extensions.code === 'STEP_UP_REQUIRED') ?? false;
