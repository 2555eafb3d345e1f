/** Reads "1.200", "1 200", "1,5 mio." and the like. Null when it is no number, or not a whole one where one is due. */
export function readNumber(text: string, whole: boolean): number | null {
	const match = /^([-+]?[\d.,\s']+?)\s*(mio\.?|million(?:er|s)?|t|k|tusind|thousand)?$/i.exec(text.trim());
	if (!match) return null;
	const plain = unseparated((match[1] ?? '').replaceAll(/[\s']/g, ''), whole);
	if (plain === null) return null;
	const value = Number(plain) * scale(match[2]);
	const rounded = Math.round(value * 1e6) / 1e6;
	return Number.isFinite(rounded) && (!whole || Number.isInteger(rounded)) ? rounded : null;
}

const scale = (word: string | undefined) => {
	if (!word) return 1;
	return word.toLowerCase().startsWith('m') ? 1_000_000 : 1000;
};

/** Makes the decimal sign a point. A lone separator before exactly three digits groups thousands when it is a point. */
function unseparated(digits: string, whole: boolean): string | null {
	const [point, comma] = [digits.lastIndexOf('.'), digits.lastIndexOf(',')];
	const grouped = (sign: string) => new RegExp(`^[-+]?\\d{1,3}(\\${sign}\\d{3})+$`).test(digits);
	if (point >= 0 && comma >= 0) {
		const [thousands, decimal] = point > comma ? [',', '.'] : ['.', ','];
		return tidy(digits.replaceAll(thousands, '').replace(decimal, '.'));
	}
	if (grouped('.')) return digits.replaceAll('.', '');
	if (grouped(',') && (whole || digits.split(',').length > 2)) return digits.replaceAll(',', '');
	return tidy(digits.replace(',', '.'));
}

const tidy = (digits: string) => (/^[-+]?\d+(\.\d+)?$/.test(digits) ? digits : null);

/** Reads a length of time in minutes: "90", "2 timer", "1 t 30 min", "1:30", "2 dage". */
export function readDuration(text: string): number | null {
	const bare = text.trim().toLowerCase();
	const clock = /^(\d{1,3}):([0-5]\d)$/.exec(bare);
	if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
	const plain = readNumber(bare, false);
	if (plain !== null && /\d\s*$/.test(bare)) return plain >= 0 && Number.isInteger(plain) ? plain : null;
	const units = [...bare.matchAll(/(\d+(?:[.,]\d+)?)\s*([a-zæøå]+)\.?/g)];
	const rest = bare.replaceAll(/(\d+(?:[.,]\d+)?)\s*([a-zæøå]+)\.?/g, '').replaceAll(/(og|and|[\s,])/g, '');
	if (units.length === 0 || rest) return null;
	let minutes = 0;
	for (const [, amount, word] of units) {
		const each = minutesIn(word ?? '');
		if (each === null) return null;
		minutes += Number((amount ?? '').replace(',', '.')) * each;
	}
	return Math.round(minutes);
}

function minutesIn(word: string): number | null {
	if (/^(d|dag|dage|døgn|days?)$/.test(word)) return 24 * 60;
	if (/^(t|h|timer?|hours?)$/.test(word)) return 60;
	return /^(m|min|minut|minutter|minutes?|mins)$/.test(word) ? 1 : null;
}
