import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { Outlet } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { serverNow } from '@/api/clock';
import { Loading } from '@/components/Loading';
import { useViewer, type Viewer } from '@/features/session/viewer';
import { useSpeech } from '@/i18n';
import { toFacts, type Answers, type Facts, type Mistake, type Typed } from './answers';
import { dropDraft, emptyDraft, loadDraft, saveDraft, type Draft } from './draft';
import { CatalogueDocument, type CatalogueFactFragment } from './report.generated';
import { remember, stepsOf, type Needed, type Step } from './steps';
import { useAssessment, type Assessment } from './useAssessment';

/** The report that is being written, as its pages share it. */
export type Report = {
	catalogue: readonly CatalogueFactFragment[];
	factById: ReadonlyMap<string, CatalogueFactFragment>;
	viewer: Viewer | null;
	answers: Answers;
	registered: Facts;
	facts: Facts;
	mistakes: Mistake[];
	steps: Step[];
	assessing: ReturnType<typeof useAssessment>;
	/** Sets an answer; `null` takes it back. */
	answer: (fact: string, typed: Typed | null) => void;
	sending: string | null;
	setSending: (key: string | null) => void;
	/** When the draft was last kept; null before the first change, "refused" when the browser keeps nothing. */
	kept: Date | null | 'refused';
	restored: boolean;
	discard: () => void;
};

const ReportContext = createContext<Report | null>(null);

/** The report that is being written. */
export function useReport(): Report {
	const report = use(ReportContext);
	if (!report) throw new Error('useReport outside of ReportProvider');
	return report;
}

/** Holds the report for the pages below it, and keeps its draft. */
export function ReportProvider({ children }: { children: ReactNode }) {
	const { m } = useSpeech();
	const [{ data, error }, again] = useQuery({ query: CatalogueDocument });
	const { viewer, fetching } = useViewer();
	if (!data || fetching) {
		const retry = () => again({ requestPolicy: 'network-only' });
		return <Loading failed={Boolean(error)} failure={m.report.loadFailed} onRetry={retry} />;
	}
	return (
		<ReportHolder catalogue={data.pack.facts} viewer={viewer}>
			{children}
		</ReportHolder>
	);
}

/** The report's pages around which the report is held. */
export function ReportFrame() {
	return (
		<ReportProvider>
			<Outlet />
		</ReportProvider>
	);
}

const nothing: Facts = {};

function ReportHolder(props: {
	catalogue: readonly CatalogueFactFragment[];
	viewer: Viewer | null;
	children: ReactNode;
}) {
	const { catalogue, viewer } = props;
	const draft = useDraft();
	const registered = (viewer?.organisation?.registeredFacts as Facts | undefined) ?? nothing;
	const { facts, mistakes } = useMemo(
		() => toFacts(catalogue, draft.answers, registered, serverNow()),
		[catalogue, draft.answers, registered],
	);
	const assessing = useAssessment(facts);
	const questions = assessing.assessment?.questions;
	const needed = useNeeded(assessing.assessment, draft.answers);
	const steps = useMemo(
		() => stepsOf(catalogue, questions ?? [], draft.answers, registered, needed),
		[catalogue, questions, draft.answers, registered, needed],
	);
	const factById = useMemo(() => new Map(catalogue.map((fact) => [fact.id, fact])), [catalogue]);
	const report = useMemo<Report>(
		() => ({ ...draft, catalogue, factById, viewer, registered, facts, mistakes, steps, assessing }),
		[draft, catalogue, factById, viewer, registered, facts, mistakes, steps, assessing],
	);
	return <ReportContext value={report}>{props.children}</ReportContext>;
}

/** Whether each fact that has been asked so far is needed now. */
function useNeeded(assessment: Assessment | null, answers: Answers): Needed {
	const [known, setKnown] = useState<{ from: Assessment | null; needed: Needed }>({
		from: null,
		needed: new Map(),
	});
	if (!assessment || known.from === assessment) return known.needed;
	const needed = remember(known.needed, assessment, answers);
	setKnown({ from: assessment, needed });
	return needed;
}

function useDraft() {
	const [draft, setDraft] = useState<Draft>(() => loadDraft(sessionStorage));
	const [restored] = useState(() => Object.keys(draft.answers).length > 0);
	const [kept, setKept] = useState<Report['kept']>(null);
	const loaded = useRef(draft);
	useEffect(() => {
		if (draft === emptyDraft) return dropDraft(sessionStorage);
		if (draft === loaded.current) return;
		setKept(saveDraft(sessionStorage, draft) ? serverNow() : 'refused');
	}, [draft]);
	const answer = useCallback((fact: string, typed: Typed | null) => {
		setDraft(({ answers, sending }) => {
			const { [fact]: _, ...others } = answers;
			return { sending, answers: typed ? { ...others, [fact]: typed } : others };
		});
	}, []);
	const setSending = useCallback((sending: string | null) => setDraft((last) => ({ ...last, sending })), []);
	const discard = useCallback(() => {
		setDraft(emptyDraft);
		setKept(null);
	}, []);
	return useMemo(
		() => ({ ...draft, kept, restored, answer, setSending, discard }),
		[draft, kept, restored, answer, setSending, discard],
	);
}
