import { Link, useParams } from '@tanstack/react-router';
import { PARTS } from '@/features/law/find';
import { LawContentsDocument } from '@/features/law/law.generated';
import { BackLink, PackFrame, usePackPage } from '@/features/law/PackPage';
import { SearchBox } from '@/features/law/SearchBox';
import { VersionMark } from '@/features/law/Versions';
import { useNow } from '@/components/useNow';
import { useSpeech, useTexts } from '@/i18n';
import { moment } from '@/i18n/format';
import { law } from '@/i18n/law';

/** One version of the rules: what it is worth, what is in it, and a search over every name in it. */
export function LawVersionPage() {
	const { say, language } = useSpeech();
	const t = useTexts(law);
	const now = useNow();
	const { version } = useParams({ from: '/law/$version' });
	const page = usePackPage(LawContentsDocument, version);
	if ('instead' in page) return page.instead;
	const { found } = page;
	return (
		<PackFrame
			title={t.versionTitle({ version })}
			back={<BackLink to="/law">{t.toVersions}</BackLink>}
			head={found}
		>
			<p className="page-meta">
				<span>{say(found.name)}</span>
				<VersionMark status={found.status} />
				{found.inForceFrom && (
					<span>
						{t.inForceHead} {moment(new Date(found.inForceFrom), language, now)}
					</span>
				)}
			</p>
			<SearchBox version={version} content={found.content} />
			<h2 className="sr-only">{t.contents}</h2>
			<ul className="cards">
				{PARTS.map((part) => (
					<li key={part} className="card">
						<Link to="/law/$version/$part" params={{ version, part }} className="card-title">
							{t.parts[part]}
						</Link>
						<p>{t.partTexts[part]}</p>
					</li>
				))}
			</ul>
			<dl className="law-print">
				<dt>{t.fingerprint}</dt>
				<dd className="hash">{found.contentSha256}</dd>
			</dl>
		</PackFrame>
	);
}
