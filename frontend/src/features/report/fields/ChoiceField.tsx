import { useSpeech } from '@/i18n';
import { optionsOf, SEARCHABLE, type Option } from '../options';
import { OptionList } from './OptionList';
import type { FieldProps } from './shared';

/** Yes/no, or one of several; "not known yet" is always one of the answers. */
export function ChoiceField(props: FieldProps) {
	const { m, language } = useSpeech();
	const { fact, typed, id, onChange } = props;
	const options: Option[] =
		fact.type === 'BOOL'
			? [
					{ id: 'yes', label: m.report.yes, group: null, alsoCalled: [] },
					{ id: 'no', label: m.report.no, group: null, alsoCalled: [] },
				]
			: optionsOf(fact, language);
	const radio = (option: Option, controlId: string) => (
		<div className="form-group-radio" key={option.id}>
			<input
				type="radio"
				className="form-radio"
				id={controlId}
				name={id}
				value={option.id}
				checked={!typed.unknown && typed.choice === option.id}
				onChange={() => onChange({ choice: option.id })}
			/>
			<label htmlFor={controlId}>{option.label}</label>
		</div>
	);
	const unknown = (
		<div className="form-group-radio">
			<input
				type="radio"
				className="form-radio"
				id={`${id}-unknown`}
				name={id}
				value="unknown"
				checked={typed.unknown === true}
				onChange={() => onChange({ unknown: true })}
			/>
			<label htmlFor={`${id}-unknown`}>{m.report.unknown}</label>
		</div>
	);
	if (options.length > SEARCHABLE) {
		const chosen = options.filter((option) => option.id === typed.choice);
		return (
			<OptionList
				options={options}
				chosen={typed.unknown ? [] : chosen}
				id={id}
				render={radio}
				after={unknown}
			/>
		);
	}
	return (
		<div className={fact.type === 'BOOL' ? 'choices choices-inline' : 'choices'}>
			{options.map((option, index) => radio(option, index === 0 ? id : `${id}-${option.id}`))}
			{unknown}
		</div>
	);
}
