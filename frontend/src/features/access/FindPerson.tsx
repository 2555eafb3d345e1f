import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useSpeech, useTexts } from '@/i18n';
import { access } from '@/i18n/access';
import { PeopleDocument } from './access.generated';

/** Finds a person to give a right to, or to close all access of. */
export function FindPerson() {
	const { say } = useSpeech();
	const t = useTexts(access);
	const [text, setText] = useState('');
	const [{ data, fetching }] = useQuery({ query: PeopleDocument, variables: { text }, pause: !text });
	const people = text ? data?.people : undefined;
	return (
		<search className="law-search no-print">
			<form
				onSubmit={(event) => {
					event.preventDefault();
					const typed = new FormData(event.currentTarget).get('person');
					setText(typeof typed === 'string' ? typed.trim() : '');
				}}
			>
				<label className="form-label" htmlFor="find-person">
					{t.people}
				</label>
				<span className="form-hint" id="find-person-hint">
					{t.peopleHint}
				</span>
				<div className="find-line">
					<input
						type="search"
						className="form-input input-width-l"
						id="find-person"
						name="person"
						aria-describedby="find-person-hint"
						autoComplete="off"
					/>
					<button type="submit" className="button button-secondary">
						{t.apply}
					</button>
				</div>
			</form>
			<p className="option-hits" role="status">
				{!fetching && people?.length === 0 && t.peopleNone}
			</p>
			{people && people.length > 0 && (
				<ul className="law-hits">
					{people.map(({ id, name, email, home }) => (
						<li key={id}>
							<Link to="/access/person/$id" params={{ id }}>
								{name}
							</Link>{' '}
							<span className="quiet">{[email, home && say(home)].filter(Boolean).join(', ')}</span>
						</li>
					))}
				</ul>
			)}
		</search>
	);
}
