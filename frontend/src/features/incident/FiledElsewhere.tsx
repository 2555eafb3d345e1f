import type { DutyFragment } from '@/api/shared.generated';
import { useSpeech, useTexts } from '@/i18n';
import { pages } from '@/i18n/pages';

/** Of a report that the law has filed elsewhere: where that is, and what is prepared here to take there. */
export function FiledElsewhere({ duty, incident }: { duty: DutyFragment; incident: string }) {
	const { say, language } = useSpeech();
	const t = useTexts(pages).elsewhere;
	const file = `/prepared/${incident}/${duty.regime}/${duty.stage}`;
	const what = say(duty.stageName);
	return (
		<div className="filed-elsewhere">
			<p>
				{t.text}{' '}
				{duty.filedWith?.url && (
					<a href={duty.filedWith.url} rel="noreferrer">
						{t.place({ who: say(duty.filedWith.name) })}
					</a>
				)}
			</p>
			<ul className="no-print">
				<li>
					<a href={`${file}.${language}.txt`} download>
						{t.asText}
						<span className="sr-only">: {what}</span>
					</a>
				</li>
				<li>
					<a href={`${file}.json`} download>
						{t.asJson}
						<span className="sr-only">: {what}</span>
					</a>
				</li>
			</ul>
		</div>
	);
}
