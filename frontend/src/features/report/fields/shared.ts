import type { CatalogueFactFragment } from '../report.generated';
import type { Typed } from '../answers';

/** What every field gets. `describedBy` names hint and error; `invalid` is set when there is an error. */
export type FieldProps = {
	fact: CatalogueFactFragment;
	typed: Typed;
	/** Id of the first control: where the error summary leads. */
	id: string;
	describedBy: string | undefined;
	invalid: boolean;
	onChange: (typed: Typed) => void;
};

/** Id of the first control of a question. */
export const fieldId = (fact: string): string => `svar-${fact.replaceAll('.', '-')}`;

/** The ARIA attributes of a control. */
export const aria = (props: Pick<FieldProps, 'describedBy' | 'invalid'>) => ({
	...(props.describedBy ? { 'aria-describedby': props.describedBy } : {}),
	...(props.invalid ? { 'aria-invalid': true } : {}),
});

/** Whether the answer is a choice among radio buttons, where "not known yet" is one of them. */
export const isRadio = (fact: Pick<CatalogueFactFragment, 'type'>): boolean =>
	fact.type === 'BOOL' || fact.type === 'ENUM';

/** Whether the question is a group of controls, so that its label is a legend. */
export const isGroup = (fact: Pick<CatalogueFactFragment, 'type'>): boolean =>
	isRadio(fact) || fact.type === 'SET' || fact.type === 'COUNTRIES' || fact.type === 'INSTANT';
