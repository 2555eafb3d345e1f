import { useTexts } from '@/i18n';
import { access } from '@/i18n/access';
import type { AuthorisationStanding } from '@/gql/schema';
import { FUNCTIONS, type FunctionName } from './draft';

/** What is looked for. */
export type RightsSearch = {
	text: string;
	function: FunctionName | '';
	standing: AuthorisationStanding | '';
};

/** What runs, of everybody: what has ended is history. */
export const emptySearch: RightsSearch = { text: '', function: '', standing: 'ACTIVE' };

const STANDINGS = ['ACTIVE', 'SUSPENDED', 'MOVED', 'OVER'] as const;

/** The same, as the API takes it. */
export const filterOf = ({ text, function: name, standing }: RightsSearch) => ({
	holder: null,
	reach: null,
	text: text || null,
	function: name || null,
	standing: standing || null,
});

/** Where the same rights can be had as a table of comma-separated values. */
export function csvAddress({ text, function: name, standing }: RightsSearch): string {
	const wanted = { text, function: name.toLowerCase(), standing: standing.toLowerCase() };
	const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value));
	return query.size > 0 ? `/authorisations.csv?${query}` : '/authorisations.csv';
}

const one = <Value extends string>(of: readonly Value[], value: FormDataEntryValue | undefined): Value | '' =>
	of.find((each) => each === value) ?? '';

/** The filters of the list of rights. */
export function RightsFilters(props: { search: RightsSearch; onApply: (search: RightsSearch) => void }) {
	const t = useTexts(access);
	const { search } = props;
	return (
		<form
			className="filters"
			aria-label={t.rightsOf}
			onSubmit={(event) => {
				event.preventDefault();
				const fields = Object.fromEntries(new FormData(event.currentTarget));
				props.onApply({
					text: typeof fields.text === 'string' ? fields.text.trim() : '',
					function: one(FUNCTIONS, fields.function),
					standing: one(STANDINGS, fields.standing),
				});
			}}
		>
			<div>
				<label className="form-label" htmlFor="rights-text">
					{t.search}
				</label>
				<input className="form-input" type="search" id="rights-text" name="text" defaultValue={search.text} />
			</div>
			<div>
				<label className="form-label" htmlFor="rights-function">
					{t.may}
				</label>
				<select className="form-select" id="rights-function" name="function" defaultValue={search.function}>
					<option value="">{t.anyFunction}</option>
					{FUNCTIONS.map((name) => (
						<option key={name} value={name}>
							{t.functions[name]}
						</option>
					))}
				</select>
			</div>
			<div>
				<label className="form-label" htmlFor="rights-standing">
					{t.status}
				</label>
				<select className="form-select" id="rights-standing" name="standing" defaultValue={search.standing}>
					<option value="">{t.anyStatus}</option>
					{STANDINGS.map((name) => (
						<option key={name} value={name}>
							{t.standings[name]}
						</option>
					))}
				</select>
			</div>
			<div className="filters-actions">
				<button type="submit" className="button button-primary">
					{t.apply}
				</button>
			</div>
		</form>
	);
}
