import type { ReactNode } from 'react';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import { useViewer } from '@/features/session/viewer';
import { useTexts } from '@/i18n';
import { rules } from '@/i18n/rules';

/** Says whom the page is for to everybody else; the server shows them nothing anyway. */
export function OnlyAdministrators({ title, children }: { title: string; children: ReactNode }) {
	const t = useTexts(rules);
	const { viewer, fetching } = useViewer();
	if (fetching) return <Loading failure="" />;
	if (viewer?.functions.includes('ADMINISTER')) return children;
	return (
		<>
			<PageTitle>{title}</PageTitle>
			<p className="lead">{t.forbidden}</p>
		</>
	);
}
