/**
 * A plugin for graphql-codegen. The pages send no documents but their hashes, and the server takes no others from them
 * (docs/adr/0014). Beside each `.graphql` file it writes the operations by hash; into `schema/operations.json` the
 * documents that the hashes stand for, which the server has inside.
 */
import { createHash } from 'node:crypto';
import { print, stripIgnoredCharacters, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

/** Types of the rule pack: no mutation changes them, so none makes what shows them stale. */
const LASTING = new Set(['Fact', 'Unit']);

const definitionsOf = (documents) => documents.flatMap(({ document }) => document.definitions);

/** An operation and the fragments it reaches, each once and in the order of their names. */
function whole(operation, fragments) {
	const reached = new Map();
	const follow = (node) =>
		visit(node, {
			FragmentSpread({ name }) {
				if (reached.has(name.value)) return;
				const fragment = fragments.get(name.value);
				if (!fragment) throw new Error(`there is no fragment ${name.value}`);
				reached.set(name.value, fragment);
				follow(fragment);
			},
		});
	follow(operation);
	const byName = [...reached.values()].toSorted((a, b) => (a.name.value < b.name.value ? -1 : 1));
	return { kind: 'Document', definitions: [operation, ...byName] };
}

/** What has an identity of its own and may be in the answer: by it a mutation tells which answers are stale. */
function typesIn(document, schema) {
	const types = new Set();
	const info = new TypeInfo(schema);
	const see = () => {
		const parent = info.getParentType();
		if (parent && 'getFields' in parent && parent.getFields().id && !LASTING.has(parent.name)) {
			types.add(parent.name);
		}
	};
	visit(document, visitWithTypeInfo(info, { Field: see }));
	return [...types].toSorted();
}

function persisted(operation, fragments, schema) {
	const document = whole(operation, fragments);
	const text = stripIgnoredCharacters(print(document));
	const id = `sha256:${createHash('sha256').update(text).digest('hex')}`;
	return { id, text, types: typesIn(document, schema) };
}

const pascal = (word) => word.charAt(0).toUpperCase() + word.slice(1);

function typeScript({ operation, name }, { id, types }) {
	const result = `${name.value}${pascal(operation)}`;
	const list = types.map((type) => `'${type}'`).join(', ');
	return [
		`export const ${name.value}Document = /*#__PURE__*/ operation<${result}, ${result}Variables>(`,
		`\t'${operation}',`,
		`\t'${id}',`,
		`\t[${list}],`,
		');',
	].join('\n');
}

export const plugin = (schema, documents, { manifest, externalFragments = [] }) => {
	const definitions = definitionsOf(documents);
	const named = definitions.filter(({ kind }) => kind === 'FragmentDefinition');
	const fragments = new Map(
		[...externalFragments.map(({ node }) => node), ...named].map((node) => [node.name.value, node]),
	);
	const operations = definitions.filter(({ kind }) => kind === 'OperationDefinition');
	if (manifest) {
		const texts = operations.map((operation) => persisted(operation, fragments, schema));
		const sorted = texts.map(({ id, text }) => [id, text]).toSorted(([a], [b]) => (a < b ? -1 : 1));
		return `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
	}
	return {
		prepend: operations.length > 0 ? [`import { operation } from '@/api/operation';`] : [],
		content: operations
			.map((operation) => typeScript(operation, persisted(operation, fragments, schema)))
			.join('\n\n'),
	};
};
