import type { WordsFragment } from '@/api/shared.generated';
import { useSpeech, useTexts } from '@/i18n';
import { access } from '@/i18n/access';

/** What a right can reach: the organisations named, and the units and sectors of the rules. */
export type ReachOptions = {
	organisations: readonly { id: string; name: string }[];
	units: readonly { id: string; name: WordsFragment }[];
	sectors: readonly { id: string; name: WordsFragment }[];
};

/** How far a right reaches; the value is as the API writes it, e.g. `unit/sektorcert`. */
export function ReachSelect(props: {
	options: ReachOptions;
	value: string;
	error: string | null;
	onChange: (reach: string) => void;
}) {
	const { say } = useSpeech();
	const t = useTexts(access);
	const { error } = props;
	const { organisations, units, sectors } = props.options;
	const group = (kind: 'organisation' | 'unit' | 'sector', rows: readonly { id: string; name: string }[]) =>
		rows.length > 0 && (
			<optgroup label={t.reachKinds[kind]}>
				{rows.map(({ id, name }) => (
					<option key={id} value={`${kind}/${id}`}>
						{name}
					</option>
				))}
			</optgroup>
		);
	const spoken = (rows: readonly { id: string; name: WordsFragment }[]) =>
		rows.map(({ id, name }) => ({ id, name: say(name) })).toSorted((a, b) => a.name.localeCompare(b.name));
	return (
		<div className={error ? 'form-group form-error' : 'form-group'}>
			<label className="form-label" htmlFor="reach">
				{t.grantReach}
			</label>
			{error && (
				<span className="form-error-message" id="reach-error">
					{error}
				</span>
			)}
			<select
				className="form-select"
				id="reach"
				{...(error ? { 'aria-invalid': true, 'aria-describedby': 'reach-error' } : {})}
				value={props.value}
				onChange={(event) => props.onChange(event.target.value)}
			>
				<option value="">{t.choose}</option>
				{group('organisation', organisations)}
				{group('unit', spoken(units))}
				{group('sector', spoken(sectors))}
				<option value="national">{t.reachKinds.national}</option>
			</select>
		</div>
	);
}
