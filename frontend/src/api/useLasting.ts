import { useState } from 'react';
import { useQuery, type AnyVariables, type UseQueryArgs } from 'urql';

/**
 * As `useQuery`, but what has come once stays when it is asked for again and does not come: somebody may be typing on the page it
 * made. `failed`: what stands there could not be brought up to date.
 */
export function useLasting<Data, Variables extends AnyVariables>(args: UseQueryArgs<Variables, Data>) {
	const [state, again] = useQuery(args);
	const of = JSON.stringify(args.variables);
	const [last, setLast] = useState<{ of: string; data: Data } | null>(null);
	if (state.data && !state.error && !state.fetching && (last?.data !== state.data || last.of !== of)) {
		setLast({ of, data: state.data });
	}
	const lasting = state.error && last?.of === of ? last.data : null;
	return [
		lasting ? { ...state, data: lasting, failed: true } : { ...state, failed: false },
		() => again({ requestPolicy: 'network-only' }),
	] as const;
}
