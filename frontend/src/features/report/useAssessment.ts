import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useClient } from 'urql';
import {
	AssessDocument,
	type AssessQuery,
	type AssessQueryVariables,
} from '@/features/assessment/assessment.generated';
import type { Facts } from './answers';

/** What the rule pack says about the facts. */
export type Assessment = AssessQuery['assess'];

/** How long typing must rest before it is assessed. */
export const REST_MS = 350;

/** How long an answer is waited for before the pages go on without it. It is still taken when it comes. */
export const PATIENCE_MS = 8000;

/** `of`: the facts that were assessed last. */
type State = { assessment: Assessment | null; updating: boolean; failed: boolean; of: string | null };

/** `settled`: the assessment is that of the facts as they are now. */
type Assessing = Omit<State, 'of'> & { settled: boolean; retry: () => void };

/**
 * Assesses the facts as they change. The last answer stays until a newer one has come, so that nothing flickers;
 * an answer that was overtaken is dropped. `facts` null: nothing is assessed yet.
 * `packVersion`: the version to assess under; by default the one in force.
 */
export function useAssessment(facts: Facts | null, packVersion?: string): Assessing {
	const client = useClient();
	const [state, setState] = useState<State>({ assessment: null, updating: false, failed: false, of: null });
	const latest = useRef(0);
	const content = facts && JSON.stringify({ facts, packVersion });

	const ask = useCallback(async () => {
		if (content === null) return;
		const mine = ++latest.current;
		setState((last) => ({ ...last, updating: true }));
		const variables = JSON.parse(content) as AssessQueryVariables;
		const patience = setTimeout(() => {
			if (mine === latest.current) setState((last) => ({ ...last, updating: false, failed: true }));
		}, PATIENCE_MS);
		const result = await client
			.query(AssessDocument, variables, { requestPolicy: 'network-only' })
			.toPromise();
		clearTimeout(patience);
		if (mine !== latest.current) return;
		const assessment = result.data?.assess;
		setState((last) =>
			assessment
				? { assessment, updating: false, failed: false, of: content }
				: { ...last, updating: false, failed: true },
		);
	}, [client, content]);

	useEffect(() => {
		const timer = setTimeout(() => void ask(), latest.current === 0 ? 0 : REST_MS);
		return () => clearTimeout(timer);
	}, [ask]);

	useEffect(() => {
		const again = () => void ask();
		window.addEventListener('online', again);
		return () => window.removeEventListener('online', again);
	}, [ask]);

	return useMemo(() => {
		const { of, ...shown } = state;
		return { ...shown, settled: of === content, retry: () => void ask() };
	}, [state, content, ask]);
}
