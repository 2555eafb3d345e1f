import { Link } from '@tanstack/react-router';
import { useSpeech, useTexts } from '@/i18n';
import { law } from '@/i18n/law';
import { LawPlaybooksDocument } from '../law.generated';
import { usePackPage } from '../PackPage';
import type { PartProps } from './shared';

/** The guidance for each kind of incident. */
export function Playbooks({ version, frame }: PartProps) {
	const { say } = useSpeech();
	const t = useTexts(law);
	const page = usePackPage(LawPlaybooksDocument, version);
	if ('instead' in page) return page.instead;
	return frame(
		page.found,
		<ul className="cards">
			{page.found.content.playbooks.map((playbook) => (
				<li key={playbook.id} className="card">
					<Link
						to="/law/$version/$part/$id"
						params={{ version, part: 'guidance', id: playbook.id }}
						className="card-title"
					>
						{say(playbook.title)}
					</Link>
					<p>
						{t.steps({ n: playbook.steps.length })} · {t.playbookVersion({ n: playbook.version })}
					</p>
				</li>
			))}
		</ul>,
	);
}
