import { useState } from 'react';
import { ErrorSummary } from '@/components/ErrorSummary';
import { described, Field } from '@/components/Field';
import { useNow } from '@/components/useNow';
import { useTexts } from '@/i18n';
import { uses } from '@/i18n/uses';
import type { UseInquiry } from '@/gql/schema';
import {
	emptyInquiry,
	readInquiry,
	type InquiryField,
	type InquiryMistakes,
	type TypedInquiry,
} from './inquiry';
import { KIND_GROUPS, KINDS } from './kinds';
import { PersonField } from './PersonField';
import type { UseHolderFragment } from './uses.generated';

/** The fields in which something can be wrong, in the order in which they stand. */
const FIELDS = ['case', 'person', 'incident', 'from', 'until'] as const;

type LineName = Exclude<InquiryField, 'person'>;

/** What an investigation looks for: a case number, and as much as is known. `onAsk` gets the name of whom it asks for, too. */
export function InquiryForm({ onAsk }: { onAsk: (inquiry: UseInquiry, whose: string | null) => void }) {
	const t = useTexts(uses);
	const now = useNow();
	const [typed, setTyped] = useState<TypedInquiry>(emptyInquiry);
	const [found, setFound] = useState<UseHolderFragment | null>(null);
	const [mistakes, setMistakes] = useState<InquiryMistakes>({});
	const [attempts, setAttempts] = useState(0);
	const wrong = FIELDS.filter((name) => mistakes[name]);
	const chosen = found?.id === typed.person ? found : null;
	const ask = () => {
		const read = readInquiry(typed, now);
		const asked = typeof read.case === 'string';
		setAttempts(attempts + 1);
		setMistakes(asked ? {} : (read as InquiryMistakes));
		if (!asked) return;
		const inquiry = read as UseInquiry;
		onAsk(inquiry, chosen?.name ?? inquiry.person ?? null);
	};
	return (
		<form
			noValidate
			className="no-print"
			onSubmit={(event) => {
				event.preventDefault();
				ask();
			}}
		>
			<ErrorSummary
				key={attempts}
				title={t.mend}
				items={wrong.map((name) => ({ target: `uses-${name}`, text: t.fields[name].wrong }))}
			/>
			<Fields
				{...{ typed, chosen, mistakes }}
				onType={(part) => setTyped({ ...typed, ...part })}
				onChoose={(person) => {
					setFound(person);
					setTyped({ ...typed, person: person.id });
				}}
			/>
			<div className="actions">
				<button type="submit" className="button button-primary">
					{t.find}
				</button>
			</div>
		</form>
	);
}

function Fields(props: {
	typed: TypedInquiry;
	chosen: UseHolderFragment | null;
	mistakes: InquiryMistakes;
	onType: (part: Partial<TypedInquiry>) => void;
	onChoose: (person: UseHolderFragment) => void;
}) {
	const t = useTexts(uses);
	const { typed, chosen, mistakes, onType, onChoose } = props;
	const line = (name: LineName) => (
		<Line
			name={name}
			value={typed[name]}
			wrong={mistakes[name] ?? false}
			onChange={(value) => onType({ [name]: value })}
		/>
	);
	return (
		<>
			{line('case')}
			<PersonField
				value={typed.person}
				chosen={chosen}
				error={mistakes.person ? t.fields.person.wrong : null}
				onChange={(person) => onType({ person })}
				onChoose={onChoose}
			/>
			{line('incident')}
			<KindSelect value={typed.kind} onChange={(kind) => onType({ kind })} />
			{line('from')}
			{line('until')}
		</>
	);
}

function Line(props: { name: LineName; value: string; wrong: boolean; onChange: (value: string) => void }) {
	const { name } = props;
	const { label, hint, wrong } = useTexts(uses).fields[name];
	const id = `uses-${name}`;
	const error = props.wrong ? wrong : null;
	return (
		<Field {...{ id, label, hint, error }}>
			<input
				{...described(id, error)}
				type="text"
				className="form-input input-width-l"
				value={props.value}
				autoComplete="off"
				required={name === 'case'}
				onChange={(event) => props.onChange(event.target.value)}
			/>
		</Field>
	);
}

function KindSelect({ value, onChange }: { value: string; onChange: (kind: string) => void }) {
	const t = useTexts(uses);
	const id = 'uses-kind';
	return (
		<Field {...{ id, ...t.fields.kind }} error={null}>
			<select
				{...described(id, null)}
				className="form-select"
				value={value}
				onChange={(event) => onChange(event.target.value)}
			>
				<option value="">{t.anyKind}</option>
				{KIND_GROUPS.map((group) => (
					<optgroup key={group} label={t.kindGroups[group]}>
						{KINDS[group].map((kind) => (
							<option key={kind} value={kind}>
								{t.kinds[kind]}
							</option>
						))}
					</optgroup>
				))}
			</select>
		</Field>
	);
}
