import type { TypedDocumentNode } from '@graphql-typed-document-node/core';

/** An operation as the pages know it: by the hash of its document, which the server has. */
export type Persisted = {
	documentId: string;
	/** Types with an identity that the answer may hold. */
	types: readonly string[];
};

/** Made by `npm run generate`; the text of the document stands in `schema/operations.json`. */
export function operation<Data, Variables>(
	kind: 'query' | 'mutation' | 'subscription',
	documentId: string,
	types: readonly string[],
): TypedDocumentNode<Data, Variables> & Persisted {
	const selectionSet = { kind: 'SelectionSet', selections: [] };
	const definition = { kind: 'OperationDefinition', operation: kind, selectionSet };
	// With a place, so that the client library does not print it.
	const loc = { source: { body: documentId } };
	const document = { kind: 'Document', definitions: [definition], documentId, types, loc };
	return document as unknown as TypedDocumentNode<Data, Variables> & Persisted;
}
