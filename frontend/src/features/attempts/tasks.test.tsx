import { fireEvent, screen } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { Provider } from 'urql';
import { expect, it, vi } from 'vitest';
import { makeClient } from '@/api/client';
import { tellSignedIn } from '@/features/account/signedIn';
import { show } from '@/testing/render';
import { fakeServer } from '@/testing/server';
import { Tasks } from './Tasks';

const block = {
	id: 'b1',
	kind: 'CLIENT' as const,
	subject: '192.0.2.7',
	cause: 'SIGN_IN_REFUSED' as const,
	beganAt: '2026-11-25T10:00:00Z',
	until: '2026-11-25T10:15:00Z',
	times: 1,
	closedOff: true,
	marked: false,
	owner: null,
	liftedBy: null,
	closedBy: null,
	closedAt: null,
	reason: null,
};

it('asks for a fresh sign-in before a way in is opened, and keeps the reason that is being written', async () => {
	HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
		this.open = true;
	};
	HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
		this.open = false;
	};
	let stale = true;
	const done = vi.fn<() => void>();
	const spy = fakeServer({
		me: null,
		liftAttemptBlock: () => {
			if (stale) throw new GraphQLError('sign in again', { extensions: { code: 'STEP_UP_REQUIRED' } });
			return { ...block, closedOff: false };
		},
	});
	show(
		<Provider value={makeClient()}>
			<Tasks blocks={[block]} onDone={done} />
		</Provider>,
	);
	const reason = screen.getByLabelText<HTMLTextAreaElement>(/fandt/);
	fireEvent.change(reason, { target: { value: 'En gammel adgangskode i overvågningen.' } });
	fireEvent.click(screen.getByRole('button', { name: /^Åbn adgangen for/ }));
	await screen.findByText('Vis, at det er dig');
	expect(done).not.toHaveBeenCalled();
	stale = false;
	tellSignedIn();
	expect(await screen.findByText('Gemt.')).toBeTruthy();
	expect(spy.asked('mutation LiftAttemptBlock')).toHaveLength(2);
	expect(reason.value).toBe('En gammel adgangskode i overvågningen.');
});
