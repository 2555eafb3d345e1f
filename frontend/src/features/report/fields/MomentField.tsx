import { serverNow } from '@/api/clock';
import { useSpeech } from '@/i18n';
import { moment as inWords } from '@/i18n/format';
import { emptyMoment, readMoment, splitDate, typedFrom, type TypedMoment } from '../moment';
import { aria, type FieldProps } from './shared';

const DAY_MS = 86_400_000;

/** When something happened. */
export function MomentField({ typed, onChange, ...props }: FieldProps) {
	const { m } = useSpeech();
	const value = typed.moment ?? emptyMoment;
	const now = serverNow();
	return (
		<MomentInputs
			{...props}
			value={value}
			off={typed.unknown === true}
			set={(moment) => onChange({ ...typed, moment })}
			quick={[
				[m.report.now, () => typedFrom(now, true)],
				[m.report.today, () => ({ ...typedFrom(now, false), time: value.time })],
				[
					m.report.yesterday,
					() => ({ ...typedFrom(new Date(now.getTime() - DAY_MS), false), time: value.time }),
				],
			]}
		/>
	);
}

/** A date in three fields and a time, in Danish time; says in words how they were read. `coming`: it lies ahead. */
export function MomentInputs(
	props: Pick<FieldProps, 'id' | 'describedBy' | 'invalid'> & {
		value: TypedMoment;
		set: (value: TypedMoment) => void;
		quick: readonly (readonly [label: string, value: () => TypedMoment])[];
		off?: boolean;
		coming?: boolean;
	},
) {
	const { m, language } = useSpeech();
	const { value, id, off = false } = props;
	const now = serverNow();
	const set = (part: Partial<TypedMoment>) => props.set({ ...value, ...part });
	const field = (part: 'day' | 'month' | 'year' | 'time', size: number) => {
		const controlId = part === 'day' ? id : `${id}-${part}`;
		return (
			<div className={`moment-part moment-${part}`}>
				<label className="form-hint" htmlFor={controlId}>
					{m.report[part]}
				</label>
				<input
					type="text"
					className="form-input"
					id={controlId}
					inputMode={part === 'day' || part === 'year' ? 'numeric' : undefined}
					autoComplete="off"
					size={size}
					value={value[part]}
					disabled={off}
					placeholder={part === 'time' ? (language === 'da' ? 'tt.mm' : 'hh:mm') : undefined}
					onChange={(event) => {
						const whole = part === 'time' ? null : splitDate(event.target.value);
						set(whole ?? { [part]: event.target.value });
					}}
					{...aria(props)}
				/>
			</div>
		);
	};
	const reading = readMoment(value, now, props.coming);
	const read = 'at' in reading ? m.report.reads({ words: inWords(reading.at, language, now) }) : '';
	return (
		<div className="moment">
			<div className="moment-fields">
				{field('day', 2)}
				{field('month', 4)}
				{field('year', 4)}
				{field('time', 6)}
			</div>
			<div className="moment-quick" role="group" aria-label={m.report.quick}>
				{props.quick.map(([label, to]) => (
					<Quick key={label} label={label} off={off} to={() => set(to())} />
				))}
			</div>
			<p className="moment-reading" role="status">
				{off ? m.report.momentOff : read}
			</p>
			{'at' in reading && reading.ambiguous && <WhichHour id={id} value={value} set={set} />}
		</div>
	);
}

function Quick(props: { label: string; off: boolean | undefined; to: () => void }) {
	return (
		<button type="button" className="chip" disabled={props.off} onClick={props.to}>
			{props.label}
		</button>
	);
}

/** Asked only in the night when the hour from two to three comes twice. */
function WhichHour(props: { id: string; value: TypedMoment; set: (part: Partial<TypedMoment>) => void }) {
	const { m } = useSpeech();
	const radio = (later: boolean, label: string) => (
		<div className="form-group-radio">
			<input
				type="radio"
				className="form-radio"
				id={`${props.id}-later-${later}`}
				name={`${props.id}-later`}
				checked={(props.value.later === true) === later}
				onChange={() => props.set({ later })}
			/>
			<label htmlFor={`${props.id}-later-${later}`}>{label}</label>
		</div>
	);
	return (
		<fieldset>
			<legend className="form-hint">{m.report.twice}</legend>
			{radio(false, m.report.twiceFirst)}
			{radio(true, m.report.twiceSecond)}
		</fieldset>
	);
}
