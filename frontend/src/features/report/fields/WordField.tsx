import { useSpeech } from '@/i18n';
import { duration, number } from '@/i18n/format';
import { TEXT_LIMIT } from '../answers';
import { readDuration, readNumber } from '../numbers';
import { aria, type FieldProps } from './shared';

/** Free text, which counts its characters once they run short. */
export function TextField(props: FieldProps) {
	const { m } = useSpeech();
	const { fact, typed, id, onChange } = props;
	const text = typed.text ?? '';
	const shared = {
		id,
		value: text,
		disabled: typed.unknown,
		onChange: (event: { target: { value: string } }) => onChange({ ...typed, text: event.target.value }),
		...aria(props),
	};
	const left = TEXT_LIMIT - text.length;
	// Announced only when the limit is near: a count at every letter is noise.
	const counter = (
		<p className="counter" role="status">
			{left < 0
				? m.report.charactersOver({ n: -left })
				: left < 200
					? m.report.charactersLeft({ n: left })
					: ''}
		</p>
	);
	if (!fact.multiline) {
		return (
			<>
				<input type="text" className="form-input input-width-l" {...shared} />
				{counter}
			</>
		);
	}
	return (
		<>
			{!fact.help?.da.includes('CPR') && <span className="form-hint">{m.report.noCpr}</span>}
			<textarea className="form-input" rows={5} {...shared} />
			{counter}
		</>
	);
}

/** A number, an amount in euro, a share or a length of time; says how it was read when that is not plain. */
export function NumberField(props: FieldProps) {
	const { m, language } = useSpeech();
	const { fact, typed, id, onChange } = props;
	const text = typed.text ?? '';
	const suffix =
		fact.type === 'MONEY_EUR' ? m.report.euro : fact.type === 'PERCENT' ? m.report.percent : null;
	const read = () => {
		if (fact.type === 'MINUTES') {
			const minutes = readDuration(text);
			return minutes === null ? '' : duration(minutes, language);
		}
		const value = readNumber(text, fact.type === 'INTEGER');
		return value === null ? '' : number(value, language) + (suffix ? ` ${suffix}` : '');
	};
	const reading = text.trim() && !typed.unknown ? read() : '';
	const input = (
		<input
			type="text"
			inputMode={fact.type === 'MINUTES' ? undefined : 'decimal'}
			className="form-input input-width-s"
			id={id}
			autoComplete="off"
			value={text}
			disabled={typed.unknown}
			onChange={(event) => onChange({ ...typed, text: event.target.value })}
			{...aria(props)}
		/>
	);
	return (
		<>
			{fact.type === 'MINUTES' && <span className="form-hint">{m.report.minutesHint}</span>}
			{suffix ? (
				<div className="form-input-wrapper form-input-wrapper--suffix">
					{input}
					<div className="form-input-suffix" aria-hidden="true">
						{suffix}
					</div>
				</div>
			) : (
				input
			)}
			<p className="moment-reading">{reading && reading !== text.trim() ? `= ${reading}` : ''}</p>
		</>
	);
}
