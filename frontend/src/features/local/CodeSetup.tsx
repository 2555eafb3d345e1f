import { useTexts } from '@/i18n';
import { local } from '@/i18n/local';
import type { Codes } from './api';

/** What an app needs to give codes: a picture, a link and a key to type. */
export function CodeSetup({ codes }: { codes: Codes }) {
	const t = useTexts(local).codes;
	const { path, size } = codes.qr;
	return (
		<div className="code-setup">
			<h3>{t.title}</h3>
			<p>{t.text}</p>
			<svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t.qr}>
				<rect width={size} height={size} fill="#fff" />
				<path d={path} fill="#000" shapeRendering="crispEdges" />
			</svg>
			<p>
				<a href={codes.uri}>{t.open}</a>
			</p>
			<p>
				{t.secret}
				<br />
				<code className="code-secret">{codes.secret.replace(/(.{4})(?=.)/g, '$1 ')}</code>
			</p>
		</div>
	);
}
