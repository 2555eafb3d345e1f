import { useState } from 'react';
import { Disclosure } from '@/components/Disclosure';
import type { Facts } from '@/features/report/answers';
import { useTexts } from '@/i18n';
import { law } from '@/i18n/law';
import { readJson, type JsonMistake } from './trial';

/** The facts as JSON, to be copied or replaced. Text that cannot be read stays where it was pasted. */
export function FactsJson({ facts, onUse }: { facts: Facts; onUse: (facts: Facts) => void }) {
	const t = useTexts(law);
	const [pasted, setPasted] = useState<string | null>(null);
	const [mistake, setMistake] = useState<JsonMistake | null>(null);
	const [used, setUsed] = useState<number | null>(null);
	const use = () => {
		const reading = readJson(pasted ?? JSON.stringify(facts));
		if ('mistake' in reading) return setMistake(reading.mistake);
		onUse(reading.facts);
		setMistake(null);
		setPasted(null);
		setUsed(Object.keys(reading.facts).length);
	};
	const words = (of: JsonMistake) => (of.code === 'broken' ? t.jsonBroken(of) : t.jsonNotObject);
	return (
		<Disclosure summary={t.json}>
			<div className={mistake ? 'form-group form-error' : 'form-group'}>
				<label className="form-label" htmlFor="facts-json">
					{t.json}
				</label>
				<span className="form-hint" id="facts-json-hint">
					{t.jsonHint}
				</span>
				<p className="form-error-message" id="facts-json-error" role="alert">
					{mistake && words(mistake)}
				</p>
				<textarea
					id="facts-json"
					className="form-input code"
					rows={12}
					spellCheck={false}
					aria-describedby="facts-json-hint facts-json-error"
					{...(mistake ? { 'aria-invalid': true } : {})}
					value={pasted ?? JSON.stringify(facts, null, 2)}
					onChange={(event) => {
						setPasted(event.target.value);
						setUsed(null);
					}}
				/>
				<div className="actions">
					<button type="button" className="button button-secondary" onClick={use}>
						{t.jsonUse}
					</button>
					{pasted !== null && (
						<button
							type="button"
							className="link-button"
							onClick={() => {
								setPasted(null);
								setMistake(null);
							}}
						>
							{t.jsonReset}
						</button>
					)}
				</div>
				<p role="status">{used !== null && t.jsonUsed({ n: used })}</p>
			</div>
		</Disclosure>
	);
}
