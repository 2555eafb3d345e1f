/**
 * Stands in for the parser and printer of GraphQL documents that the client library brings: the pages know their
 * operations by hash, so there is nothing to parse or to print, and nobody needs to load 3 kB for it.
 */
const nothing = (): never => {
	throw new Error('the pages have no documents, only their hashes');
};

export const parse = nothing;
export const print = nothing;

/** The kinds that the library looks for in a document. */
export const Kind = {
	DOCUMENT: 'Document',
	FIELD: 'Field',
	FRAGMENT_DEFINITION: 'FragmentDefinition',
	NAME: 'Name',
	OPERATION_DEFINITION: 'OperationDefinition',
} as const;

/** An error that came without a code, as from a proxy in between. */
export class GraphQLError extends Error {
	extensions = {};
}
