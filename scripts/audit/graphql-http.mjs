// graphql-http.mjs URL: the audits of the GraphQL-over-HTTP specification by its own reference implementation; fails on an
// error or a warning. Needs the packages of e2e.
import { serverAudits } from '../../e2e/node_modules/graphql-http/lib/index.mjs';

const counts = { ok: 0, notice: 0, warn: 0, error: 0 };
for (const audit of serverAudits({ url: process.argv[2], fetchFn: fetch })) {
  const result = await audit.fn();
  counts[result.status] += 1;
  if (result.status !== 'ok') console.log(`${result.status} ${audit.id} ${audit.name}: ${result.reason}`);
}
console.log(Object.entries(counts).map(([status, count]) => `${count} ${status}`).join(', '));
process.exit(counts.error + counts.warn > 0 || counts.ok === 0 ? 1 : 0);
