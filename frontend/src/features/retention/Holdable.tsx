import { Suspense } from 'react';
import { lazily } from '@/components/lazily';
import { useViewer } from '@/features/session/viewer';

// Only for the few who see incidents and are administrators as well.
const HoldLink = lazily(() => import('./HoldLink'));

/** The way to propose a hold on an incident, for who may. */
export function Holdable({ number }: { number: string }) {
	const { viewer } = useViewer();
	if (!viewer?.functions.includes('ADMINISTER')) return null;
	return (
		<Suspense>
			<HoldLink number={number} />
		</Suspense>
	);
}
