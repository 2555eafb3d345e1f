import { useRef, useState } from 'react';
import { serverNow } from '@/api/clock';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { mistakeIn, read, type Answers, type Facts, type Typed } from '@/features/report/answers';
import { mistakeText } from '@/features/report/problems';
import { fieldId } from '@/features/report/fields/shared';
import { QuestionField } from '@/features/report/QuestionField';
import type { CatalogueFactFragment } from '@/features/report/report.generated';
import { useSpeech, useTexts } from '@/i18n';
import { law } from '@/i18n/law';
import { AddFact } from './AddFact';
import { FactsJson } from './FactsJson';
import { fieldsFor, without } from './trial';

/** What is stated of the incident. Any fact of the catalogue can be added, changed and removed. */
export function TryFacts(props: {
	version: string;
	catalogue: readonly CatalogueFactFragment[];
	facts: Facts;
	asked: readonly string[];
	onChange: (change: (facts: Facts) => Facts) => void;
}) {
	const { say } = useSpeech();
	const t = useTexts(law);
	const { catalogue, facts, onChange } = props;
	// What stands in the fields, also when it cannot be read; and which facts were added but not yet answered.
	const [typed, setTyped] = useState<Answers>({});
	const [added, setAdded] = useState<readonly string[]>([]);
	const byId = new Map(catalogue.map((each) => [each.id, each]));
	const shown = [...new Set([...Object.keys(facts), ...added])];

	const put = (fact: CatalogueFactFragment, next: Typed | null) => {
		setTyped((last) => ({ ...last, [fact.id]: next ?? {} }));
		setAdded((last) => (last.includes(fact.id) ? last : [...last, fact.id]));
		const reading = read(fact, next ?? undefined, serverNow());
		onChange((last) => {
			return reading && 'value' in reading ? { ...last, [fact.id]: reading.value } : without(last, fact.id);
		});
	};
	const remove = (id: string) => {
		setAdded((last) => last.filter((each) => each !== id));
		setTyped((last) => without(last, id));
		onChange((last) => without(last, id));
		document.getElementById('add-fact')?.focus();
	};
	const add = (id: string) => {
		setAdded((last) => [...last, id]);
		// Once its fields are there.
		setTimeout(() => document.getElementById(fieldId(id))?.focus());
	};
	const replace = (next: Facts) => {
		setTyped({});
		setAdded([]);
		onChange(() => next);
	};
	return (
		<section aria-labelledby="facts-title" className="try-facts">
			<div className="check-head">
				<h2 id="facts-title">{t.facts}</h2>
				{shown.length > 0 && <Clear onClear={() => replace({})} />}
			</div>
			<AddFact
				catalogue={catalogue.filter(({ id }) => !shown.includes(id))}
				asked={props.asked.filter((id) => !shown.includes(id))}
				onAdd={add}
			/>
			{shown.length === 0 && <p>{t.factsNone}</p>}
			<ul className="try-list">
				{shown.map((id) => {
					const fact = byId.get(id);
					return (
						<li key={id}>
							<StatedFact
								id={id}
								fact={fact}
								version={props.version}
								value={facts[id]}
								typed={typed[id]}
								onChange={put}
							/>
							<button type="button" className="link-button" onClick={() => remove(id)}>
								{t.remove} <span className="sr-only">{fact ? say(fact.label) : id}</span>
							</button>
						</li>
					);
				})}
			</ul>
			<FactsJson facts={facts} onUse={replace} />
		</section>
	);
}

function StatedFact(props: {
	id: string;
	fact: CatalogueFactFragment | undefined;
	version: string;
	value: unknown;
	typed: Typed | undefined;
	onChange: (fact: CatalogueFactFragment, typed: Typed | null) => void;
}) {
	const { m, language } = useSpeech();
	const t = useTexts(law);
	const { fact, value } = props;
	const typed = props.typed ?? (fact && (value === undefined ? {} : fieldsFor(fact, value, serverNow())));
	if (!fact || !typed) {
		return (
			<p>
				<code>
					{props.id}: {JSON.stringify(value)}
				</code>
				<br />
				{!fact && t.foreign({ version: props.version })}
			</p>
		);
	}
	const reading = read(fact, typed, serverNow());
	const mistake = reading && 'mistake' in reading ? mistakeIn(fact.id, reading.mistake, typed) : null;
	return (
		<QuestionField
			fact={fact}
			typed={typed}
			error={mistake ? mistakeText(mistake, m, language) : undefined}
			warning={undefined}
			onChange={(next) => props.onChange(fact, next)}
		/>
	);
}

function Clear({ onClear }: { onClear: () => void }) {
	const t = useTexts(law);
	const dialog = useRef<HTMLDialogElement>(null);
	return (
		<>
			<button type="button" className="link-button" onClick={() => dialog.current?.showModal()}>
				{t.clear}
			</button>
			<ConfirmDialog ref={dialog} question={t.clearSure} yes={t.clearYes} no={t.clearNo} onYes={onClear} />
		</>
	);
}
