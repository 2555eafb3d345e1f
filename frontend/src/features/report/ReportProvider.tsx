import {
	createContext,
	Suspense,
	use,
	useCallback,
	useEffect,
	useMemo,
	useRef,
	useState,
	type ReactNode,
} from 'react';
import { Outlet, useSearch } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { serverNow } from '@/api/clock';
import { lazily } from '@/components/lazily';
import { Loading } from '@/components/Loading';
import { useViewer, type Viewer } from '@/features/session/viewer';
import { useSpeech } from '@/i18n';
import { toFacts, type Answers, type Facts, type Mistake, type Typed } from './answers';
import type { Earlier } from './earlier';
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
	/** What is sent: all facts, or on an earlier report only what is new. */
	filing: Facts;
	/** What was reported on the incident before; null for a new incident. */
	earlier: Earlier | null;
	/** Whether there is anything in the draft. */
	begun: boolean;
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

const FurtherReport = lazily(() => import('./FurtherReport'));

/** Holds the report for the pages below it, and keeps its draft. `incident`: the one that is reported on further. */
export function ReportProvider(props: { incident?: string | undefined; children: ReactNode }) {
	const { m } = useSpeech();
	const { incident, children } = props;
	const [{ data, error }, again] = useQuery({ query: CatalogueDocument });
	const { viewer, fetching } = useViewer();
	if (!data || fetching) {
		const retry = () => again({ requestPolicy: 'network-only' });
		return <Loading failed={Boolean(error)} failure={m.report.loadFailed} onRetry={retry} />;
	}
	const registered = (viewer?.organisation?.registeredFacts as Facts | undefined) ?? nothing;
	const known = { catalogue: data.pack.facts, viewer, registered };
	if (!incident) {
		return (
			<ReportHolder {...known} earlier={null}>
				{children}
			</ReportHolder>
		);
	}
	return (
		<Suspense>
			<FurtherReport key={incident} {...known} incident={incident} signedIn={viewer !== null}>
				{(earlier) => (
					<ReportHolder {...known} earlier={earlier}>
						{children}
					</ReportHolder>
				)}
			</FurtherReport>
		</Suspense>
	);
}

/** The report's pages around which the report is held. */
export function ReportFrame() {
	const { incident } = useSearch({ from: '/report' });
	return (
		<ReportProvider incident={incident}>
			<Outlet />
		</ReportProvider>
	);
}

const nothing: Facts = {};

function ReportHolder(props: {
	catalogue: readonly CatalogueFactFragment[];
	viewer: Viewer | null;
	registered: Facts;
	earlier: Earlier | null;
	children: ReactNode;
}) {
	const { catalogue, viewer, registered, earlier } = props;
	const draft = useDraft(earlier?.id);
	const typed = draft.answers;
	const answers = useMemo(() => ({ ...earlier?.answers, ...typed }), [earlier, typed]);
	const { facts, filing, mistakes } = useMemo(() => {
		const now = serverNow();
		const read = toFacts(catalogue, typed, { ...registered, ...earlier?.facts }, now);
		return { ...read, filing: earlier ? toFacts(catalogue, typed, nothing, now).facts : read.facts };
	}, [catalogue, typed, registered, earlier]);
	const assessing = useFurther(useAssessment(facts), earlier);
	const questions = assessing.assessment?.questions;
	const asked = useNeeded(assessing.assessment, typed);
	const needed = useMemo(
		() => (earlier && questions ? new Map([...asked, ...earlier.needed(questions)]) : asked),
		[earlier, questions, asked],
	);
	const steps = useMemo(
		// What was told takes its place only once it is known what is asked.
		() => (earlier && !questions ? [] : stepsOf(catalogue, questions ?? [], answers, registered, needed)),
		[catalogue, questions, answers, registered, needed, earlier],
	);
	const factById = useMemo(() => new Map(catalogue.map((fact) => [fact.id, fact])), [catalogue]);
	const known = useMemo(
		() => ({ catalogue, factById, viewer, registered, earlier }),
		[catalogue, factById, viewer, registered, earlier],
	);
	const begun = Object.keys(typed).length > 0;
	const report = useMemo<Report>(
		() => ({ ...draft, ...known, answers, begun, facts, filing, mistakes, steps, assessing }),
		[draft, known, answers, begun, facts, filing, mistakes, steps, assessing],
	);
	return <ReportContext value={report}>{props.children}</ReportContext>;
}

/** The assessment as it stands for a further report on an incident. */
function useFurther(assessing: Report['assessing'], earlier: Earlier | null): Report['assessing'] {
	return useMemo(() => {
		const { assessment } = assessing;
		return earlier && assessment ? { ...assessing, assessment: earlier.further(assessment) } : assessing;
	}, [assessing, earlier]);
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

function useDraft(incident: string | undefined) {
	const [draft, setDraft] = useState<Draft>(() => loadDraft(sessionStorage, incident));
	const [restored] = useState(() => Object.keys(draft.answers).length > 0);
	const [kept, setKept] = useState<Report['kept']>(null);
	const loaded = useRef(draft);
	useEffect(() => {
		if (draft === emptyDraft) return dropDraft(sessionStorage, incident);
		if (draft === loaded.current) return;
		setKept(saveDraft(sessionStorage, draft, incident) ? serverNow() : 'refused');
	}, [draft, incident]);
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
