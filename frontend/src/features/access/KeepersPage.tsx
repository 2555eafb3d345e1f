import type { ReactNode } from 'react';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import { BackLink } from '@/features/law/PackPage';
import { isKeeper, useViewer } from '@/features/session/viewer';
import { useTexts } from '@/i18n';
import { access } from '@/i18n/access';

/** A page of those who keep access and those who watch over it; `children` is told whether whoever looks may propose. */
export function KeepersPage(props: {
	title: string;
	lead: string;
	forbidden: string;
	children: (decides: boolean) => ReactNode;
}) {
	const { back } = useTexts(access);
	const { viewer, fetching } = useViewer();
	if (fetching) return <Loading failure="" />;
	const answers = isKeeper(viewer);
	return (
		<div className="law">
			{answers && <BackLink to="/access">{back}</BackLink>}
			<PageTitle>{props.title}</PageTitle>
			<p className="lead">{answers ? props.lead : props.forbidden}</p>
			{answers && props.children(viewer?.functions.includes('ADMINISTER') ?? false)}
		</div>
	);
}
