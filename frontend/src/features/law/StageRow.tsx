import { useSpeech, useTexts } from '@/i18n';
import { law } from '@/i18n/law';
import { Confidence } from './Confidence';
import type { LawStageFragment } from './law.generated';
import { StageRecipients } from './UnitLinks';

/** The heads of the columns of a table of stages. */
export function StageHead() {
	const t = useTexts(law);
	return (
		<thead>
			<tr>
				<th scope="col">{t.stage}</th>
				<th scope="col">{t.when}</th>
				<th scope="col">{t.to}</th>
				<th scope="col">{t.cite}</th>
				<th scope="col">{t.confidenceHead}</th>
			</tr>
		</thead>
	);
}

/** What is due when and to whom, by which article, and how certainly that was read. */
export function StageRow(props: {
	stage: LawStageFragment;
	anchor: string;
	version: string;
	units: Parameters<typeof StageRecipients>[0]['units'];
}) {
	const { say } = useSpeech();
	const t = useTexts(law);
	const { stage, anchor, version, units } = props;
	return (
		<tr id={anchor}>
			<th scope="row" data-label={t.stage}>
				{say(stage.name)}
			</th>
			<td data-label={t.when}>{say(stage.clock) || t.noClock}</td>
			<td data-label={t.to}>
				<StageRecipients version={version} ids={stage.recipients} units={units} />
			</td>
			<td data-label={t.cite} className="cite">
				{stage.cite}
			</td>
			<td data-label={t.confidenceHead}>
				<Confidence level={stage.confidence} />
			</td>
		</tr>
	);
}
