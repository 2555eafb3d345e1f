import { useEffect, useRef, useState } from 'react';
import { useTexts } from '@/i18n';
import { local } from '@/i18n/local';

/** Recovery codes, once; `onKept` when the person says that they have them. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
	const t = useTexts(local).recovery;
	const [copied, setCopied] = useState(false);
	const title = useRef<HTMLHeadingElement>(null);
	useEffect(() => title.current?.focus(), []);
	const copy = async () => {
		await navigator.clipboard.writeText(codes.join('\n')).then(
			() => setCopied(true),
			() => setCopied(false),
		);
	};
	return (
		<section>
			<h2 tabIndex={-1} ref={title}>
				{t.title}
			</h2>
			<p>{t.text}</p>
			<ol className="recovery-codes">
				{codes.map((code) => (
					<li key={code}>
						<code>{code}</code>
					</li>
				))}
			</ol>
			<p role="status">{copied ? t.copied : ''}</p>
			<div className="actions">
				<button type="button" className="button button-primary" onClick={onKept}>
					{t.kept}
				</button>
				<button type="button" className="button button-secondary" onClick={() => void copy()}>
					{t.copy}
				</button>
			</div>
		</section>
	);
}
