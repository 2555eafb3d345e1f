import { useRef, useState } from 'react';
import { useQuery } from 'urql';
import { problemIn } from '@/api/problem';
import { described, Field } from '@/components/Field';
import { useViewer } from '@/features/session/viewer';
import { useSpeech, useTexts } from '@/i18n';
import { uses } from '@/i18n/uses';
import { isPersonId } from './inquiry';
import { HoldersDocument, type UseHolderFragment } from './uses.generated';

/**
 * Whose uses are looked for: found by a part of the name among those who hold or held a right, which an investigator may see
 * everywhere; or named by the id that stands in a file, as rights and people are erased before what was logged.
 */
export function PersonField(props: {
	/** What is typed, or the id of who was chosen. */
	value: string;
	chosen: UseHolderFragment | null;
	error: string | null;
	onChange: (typed: string) => void;
	onChoose: (person: UseHolderFragment) => void;
}) {
	const t = useTexts(uses);
	const id = 'uses-person';
	const input = useRef<HTMLInputElement>(null);
	const [sought, setSought] = useState('');
	const { people, more, failure, again } = usePeople(sought);
	const { value, chosen, error } = props;
	const shown = chosen?.name ?? value;
	const type = (text: string) => {
		setSought('');
		props.onChange(text);
	};
	const find = () => {
		if (failure && shown.trim() === sought) again();
		else setSought(shown.trim());
	};
	const choose = (person: UseHolderFragment) => {
		props.onChoose(person);
		setSought('');
		// The list goes away, and with it what had the focus.
		input.current?.focus();
	};
	return (
		<Field {...{ id, error }} label={t.fields.person.label} hint={t.fields.person.hint}>
			<div className="find-line">
				<input
					{...described(id, error)}
					ref={input}
					type="search"
					className="form-input input-width-l"
					autoComplete="off"
					value={shown}
					onChange={(event) => type(event.target.value)}
					onKeyDown={(event) => {
						if (event.key !== 'Enter') return;
						// Enter finds the person, and does not send the form.
						event.preventDefault();
						find();
					}}
				/>
				<button type="button" className="button button-secondary" onClick={find}>
					{t.person.find}
				</button>
			</div>
			<Said {...{ sought, people, more, failure, chosen }} />
			{people && people.length > 0 && <Hits people={people} onChoose={choose} />}
		</Field>
	);
}

type Search = {
	/** Who was found; null where nothing was sought, or nothing came yet. */
	people: readonly UseHolderFragment[] | null;
	/** There are more than are shown. */
	more: boolean;
	failure: string | null;
};

/** People who hold or held a right, by a part of the name or mail address: each once, and never the investigator. */
function usePeople(text: string): Search & { again: () => void } {
	const { language } = useSpeech();
	const t = useTexts(uses).person;
	const { viewer } = useViewer();
	const pause = !text || isPersonId(text);
	const [{ data, error, fetching }, execute] = useQuery({
		query: HoldersDocument,
		variables: { text },
		pause,
	});
	const answer = pause || fetching || error ? undefined : data?.authorisations;
	const holders = answer?.nodes.map(({ holder }) => [holder.id, holder] as const);
	const people = holders && [...new Map(holders).values()].filter(({ id }) => id !== viewer?.id);
	return {
		people: people ?? null,
		more: answer?.pageInfo.hasNextPage ?? false,
		failure: error && !pause && !fetching ? (problemIn(error, language) ?? t.failed) : null,
		again: () => execute({ requestPolicy: 'network-only' }),
	};
}

const about = ({ email, home }: UseHolderFragment, say: ReturnType<typeof useSpeech>['say']) =>
	[email, home && say(home)].filter(Boolean).join(', ');

/** What came of the search, or who is chosen. */
function Said(props: Search & { sought: string; chosen: UseHolderFragment | null }) {
	const { say } = useSpeech();
	const t = useTexts(uses).person;
	const { sought, people, more, failure, chosen } = props;
	const said = () => {
		if (failure) return failure;
		if (isPersonId(sought)) return t.byId;
		if (people?.length === 0) return t.none;
		if (people) return [t.hits({ n: people.length }), more && t.more].filter(Boolean).join(' ');
		return chosen && t.chosen({ who: [chosen.name, about(chosen, say)].filter(Boolean).join(', ') });
	};
	return (
		<p className="option-hits" role="status">
			{said()}
		</p>
	);
}

function Hits(props: {
	people: readonly UseHolderFragment[];
	onChoose: (person: UseHolderFragment) => void;
}) {
	const { say } = useSpeech();
	return (
		<ul className="law-hits">
			{props.people.map((person) => (
				<li key={person.id}>
					<button type="button" className="link-button" onClick={() => props.onChoose(person)}>
						{person.name}
					</button>{' '}
					<span className="quiet">{about(person, say)}</span>
				</li>
			))}
		</ul>
	);
}
