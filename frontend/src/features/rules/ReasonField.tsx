import { Field, described } from '@/components/Field';
import { useSpeech } from '@/i18n';

/** How long a reason is, in characters. */
const [SHORTEST, LONGEST] = [10, 2000];

/** Characters as people and the server count them. */
const lengthOf = (text: string) => [...text.trim()].length;

/** Whether a reason has the length that is asked for. */
export const isReason = (text: string): boolean => lengthOf(text) >= SHORTEST && lengthOf(text) <= LONGEST;

/** A reason in words, which is kept with the decision. */
export function ReasonField(props: {
	id: string;
	label: string;
	hint: string;
	value: string;
	error: string | null;
	onChange: (text: string) => void;
}) {
	const { m } = useSpeech();
	const { id, label, hint, error, value } = props;
	const left = LONGEST - lengthOf(value);
	return (
		<Field {...{ id, label, hint, error }}>
			<textarea
				{...described(id, error)}
				className="form-input reason"
				rows={4}
				value={value}
				onChange={(event) => props.onChange(event.target.value)}
			/>
			<p className="counter" role="status">
				{left < 0 && m.report.charactersOver({ n: -left })}
				{left >= 0 && left < 200 && m.report.charactersLeft({ n: left })}
			</p>
		</Field>
	);
}
