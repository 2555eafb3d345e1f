import { useSpeech } from '@/i18n';
import { optionsOf, SEARCHABLE, type Option } from '../options';
import { OptionList } from './OptionList';
import type { FieldProps } from './shared';

/** Any number of options. */
export function ChoicesField({ fact, typed, id, onChange }: FieldProps) {
	const { language } = useSpeech();
	const options = optionsOf(fact, language);
	const chosen = new Set(typed.choices);
	const toggle = (option: string) => {
		const next = new Set(chosen);
		if (!next.delete(option)) next.add(option);
		onChange({ ...typed, choices: [...next] });
	};
	const box = (option: Option, controlId: string) => (
		<div className="form-group-checkbox" key={option.id}>
			<input
				type="checkbox"
				className="form-checkbox"
				id={controlId}
				checked={chosen.has(option.id)}
				disabled={typed.unknown}
				onChange={() => toggle(option.id)}
			/>
			<label htmlFor={controlId}>{option.label}</label>
		</div>
	);
	if (options.length > SEARCHABLE) {
		return (
			<OptionList
				options={options}
				chosen={options.filter((option) => chosen.has(option.id))}
				id={id}
				render={box}
				disabled={typed.unknown === true}
			/>
		);
	}
	return (
		<div className="choices">
			{options.map((option, index) => box(option, index === 0 ? id : `${id}-${option.id}`))}
		</div>
	);
}
