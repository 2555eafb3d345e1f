import { useParams } from '@tanstack/react-router';
import { OnePlaybook } from '@/features/law/parts/OnePlaybook';
import { OneRegime } from '@/features/law/parts/OneRegime';
import { NoItem } from '@/features/law/PackPage';

/** One regime, or the guidance for one kind of incident. */
export function LawItemPage() {
	const { version, part, id } = useParams({ from: '/law/$version/$part/$id' });
	if (part === 'regimes') return <OneRegime key={id} version={version} id={id} />;
	if (part === 'guidance') return <OnePlaybook key={id} version={version} id={id} />;
	return <NoItem />;
}
