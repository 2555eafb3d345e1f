import { createRef, useState } from 'react';
import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { show } from '@/testing/render';
import { Alert } from './Alert';
import { ConfirmDialog } from './ConfirmDialog';
import { Disclosure } from './Disclosure';
import { ErrorSummary } from './ErrorSummary';
import { Loading } from './Loading';
import { SeverityMark } from './SeverityMark';

describe('ErrorSummary', () => {
	const items = [
		{ target: 'a', text: 'Antal Skriv et tal' },
		{ target: 'b', text: 'Dato Skriv en dato' },
	];

	it('takes the focus and leads to the fields, into what is folded', () => {
		show(
			<>
				<ErrorSummary title="Fejl" items={items} />
				<input id="a" />
				<Disclosure summary="Mere">
					<input id="b" />
				</Disclosure>
			</>,
		);
		const summary = screen.getByRole('alert');
		expect(document.activeElement).toBe(summary);
		fireEvent.click(within(summary).getByRole('link', { name: 'Dato Skriv en dato' }));
		expect(document.activeElement?.id).toBe('b');
		expect(document.querySelector('details')?.open).toBe(true);
	});

	it('leaves the focus to whoever mends, while it grows shorter', () => {
		function Mending() {
			const [left, setLeft] = useState(items);
			return (
				<>
					<ErrorSummary title="Fejl" items={left} />
					<input id="a" onChange={() => setLeft(items.slice(1))} />
				</>
			);
		}
		show(<Mending />);
		const field = screen.getByRole('textbox');
		field.focus();
		fireEvent.change(field, { target: { value: '7' } });
		expect(screen.getAllByRole('link')).toHaveLength(1);
		expect(document.activeElement).toBe(field);
	});

	it('is not there when nothing is wrong', () => {
		show(<ErrorSummary title="Fejl" items={[]} />);
		expect(screen.queryByRole('alert')).toBeNull();
	});
});

describe('ConfirmDialog', () => {
	it('opens with the focus on the way out, so that Enter alone does nothing', () => {
		const ref = createRef<HTMLDialogElement>();
		show(<ConfirmDialog ref={ref} question="Slet?" yes="Ja, slet" no="Behold" onYes={() => {}} />);
		expect(screen.getByText('Behold').hasAttribute('autofocus')).toBe(true);
		expect(screen.getByText('Ja, slet').hasAttribute('autofocus')).toBe(false);
	});
});

describe('SeverityMark', () => {
	it('says the level in a word, besides shape and colour', () => {
		show(<SeverityMark level={4} />);
		expect(screen.getByText('Meget alvorlig')).toBeTruthy();
	});

	it('has another shape for every level, and stays in bounds', () => {
		const { container } = show(
			[0, 1, 2, 3, 4, 5, 9, -1].map((level) => <SeverityMark key={level} level={level} />),
		);
		const shapes = [...container.querySelectorAll('path')].map((path) => path.getAttribute('d'));
		expect(new Set(shapes).size).toBe(6);
		expect([shapes[6], shapes[7]]).toEqual([shapes[5], shapes[0]]);
	});
});

describe('Alert', () => {
	it('is announced only when it is live: errors at once, the rest politely', () => {
		show(
			<>
				<Alert kind="error" title="a" live />
				<Alert kind="info" title="b" live />
				<Alert kind="warning" title="c" />
			</>,
		);
		expect(screen.getByRole('alert').textContent).toBe('a');
		expect(screen.getByRole('status').textContent).toBe('b');
	});
});

describe('Loading', () => {
	it('keeps the place, and offers to try again when it failed', () => {
		const retry = vi.fn();
		const { rerender } = show(<Loading failure="Kunne ikke hentes" onRetry={retry} />, 'da');
		expect(screen.getByText('Henter …')).toBeTruthy();
		rerender(<p />);
		show(<Loading failed failure="Kunne ikke hentes" onRetry={retry} />);
		fireEvent.click(screen.getByRole('button', { name: 'Prøv igen' }));
		expect(retry).toHaveBeenCalledOnce();
	});
});
