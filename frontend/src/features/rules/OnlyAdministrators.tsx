import type { ReactNode } from 'react';
import { Loading } from '@/components/Loading';
import { PageTitle } from '@/components/PageTitle';
import { useViewer } from '@/features/session/viewer';
import { useTexts } from '@/i18n';
import { rules } from '@/i18n/rules';

interface Props {
	title: string;
	/** What one must be allowed to besides. */
	also?: 'ERASE';
	children: ReactNode;
}

/** Says whom the page is for to everybody else; the server shows them nothing anyway. */
export function OnlyAdministrators({ title, also, children }: Props) {
	const t = useTexts(rules);
	const { viewer, fetching } = useViewer();
	if (fetching) return <Loading failure="" />;
	const may = (name: Props['also'] | 'ADMINISTER') => !name || viewer?.functions.includes(name);
	if (may('ADMINISTER') && may(also)) return children;
	return (
		<>
			<PageTitle>{title}</PageTitle>
			<p className="lead">{may('ADMINISTER') ? t.forbiddenErasing : t.forbidden}</p>
		</>
	);
}
