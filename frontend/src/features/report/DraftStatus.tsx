import { useRef } from 'react';
import { Alert } from '@/components/Alert';
import { ConfirmDialog } from '@/components/ConfirmDialog';
import { useSpeech } from '@/i18n';
import { clock } from '@/i18n/format';
import { useReport } from './ReportProvider';

/** One quiet line: when the draft was kept, and the way to delete it. */
export function DraftStatus() {
	const { m, language } = useSpeech();
	const { kept, restored, begun, discard } = useReport();
	const dialog = useRef<HTMLDialogElement>(null);
	if (kept === 'refused') return <Alert kind="warning" title={m.report.notSaved} live />;
	const words = kept ? m.report.saved({ time: clock(kept, language) }) : restored ? m.report.restored : '';
	return (
		<div className="draft">
			<p role="status">{words}</p>
			{begun && (
				<button type="button" className="link-button" onClick={() => dialog.current?.showModal()}>
					{m.report.discard}
				</button>
			)}
			<ConfirmDialog
				ref={dialog}
				question={m.report.discardSure}
				yes={m.report.discardYes}
				no={m.report.discardNo}
				onYes={discard}
			/>
		</div>
	);
}
