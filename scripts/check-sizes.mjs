// check-sizes.mjs: prints how long the source files are and fails on one of more than 500 lines. Generated files are
// nobody's style and are left out.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const LIMIT = 500;
const GENERATED = /(^|\/)(gql|generated)\/|\.(generated|gen|graphql)\.tsx?$/;

const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.rs', '*.ts', '*.tsx']);
const files = listed
  .toString()
  .split('\0')
  .filter((name) => name && !GENERATED.test(name))
  .flatMap((name) => {
    try {
      return [{ name, lines: readFileSync(name, 'utf8').split('\n').length - 1 }];
    } catch (error) {
      if (error.code === 'ENOENT') return []; // deleted, and not committed yet
      throw error;
    }
  });

function figures(label, pattern) {
  const lengths = files.filter((file) => pattern.test(file.name)).map((file) => file.lines).sort((a, b) => a - b);
  if (lengths.length === 0) return `${label}: no files`;
  const at = (share) => lengths[Math.min(lengths.length - 1, Math.floor(lengths.length * share))];
  return `${label}: ${lengths.length} files, lines median ${at(0.5)}, p90 ${at(0.9)}, max ${lengths.at(-1)}`;
}

const tooLong = files.filter((file) => file.lines > LIMIT);
for (const file of tooLong) console.log(`${file.name} has ${file.lines} lines; the limit is ${LIMIT}`);
console.log(`${figures('rust', /\.rs$/)}; ${figures('typescript', /\.tsx?$/)}`);
process.exit(tooLong.length > 0 ? 1 : 0);
