import type { ReactNode } from 'react';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import { isKeeper, useViewer } from '@/features/session/viewer';
import { useTexts } from '@/i18n';
import { access } from '@/i18n/access';

/** Says whom a page on rights is for to everybody else; the server shows them nothing anyway. */
export function ForKeepers({ title, children }: { title: string; children: ReactNode }) {
	const t = useTexts(access);
	const { viewer, fetching } = useViewer();
	if (fetching) return <Loading failure="" />;
	if (isKeeper(viewer)) return children;
	return (
		<>
			<PageTitle>{title}</PageTitle>
			<p className="lead">{t.forbidden}</p>
		</>
	);
}
