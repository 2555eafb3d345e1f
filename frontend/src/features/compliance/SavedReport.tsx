import { useEffect, useRef } from 'react';
import { Alert } from '@/components/Alert';
import { useTexts } from '@/i18n';
import { compliance } from '@/i18n/compliance';
import type { ReportFile } from './reportFile';

/** A report that has come: it is saved at once, and its signature lies ready beside it. */
export function SavedReport({ file }: { file: ReportFile }) {
	const t = useTexts(compliance);
	const { report, signature } = file;
	const link = useRef<HTMLAnchorElement>(null);
	useEffect(() => link.current?.click(), []);
	const inside = file.form === 'txt';
	return (
		<Alert kind="success" title={t.made({ name: file.name })} live focused>
			<p>{inside ? t.signedInside : t.signed}</p>
			{!inside && (
				<p>
					<a href={signature} download={`${file.name}.sig`} className="button button-secondary">
						{t.signature({ name: `${file.name}.sig` })}
					</a>
				</p>
			)}
			<p>{t.verify}</p>
			<pre className="payload">varsel compliance verify {file.name} --key &apos;…&apos;</pre>
			<p>
				<a ref={link} href={report} download={file.name}>
					{t.again}
				</a>
			</p>
		</Alert>
	);
}
