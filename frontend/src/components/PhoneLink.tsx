/** A number to phone, never broken across two lines. */
export function PhoneLink({ number }: { number: string }) {
	return <a href={`tel:${number.replaceAll(' ', '')}`}>{number.replaceAll(' ', '\u00a0')}</a>;
}
