/** Types and operations beside each `.graphql` file, from the checked-in schema; and the list that the server takes. */
const config = {
	scalars: { DateTime: 'string', JSON: 'unknown', ID: 'string' },
	enumType: 'string-literal',
	useTypeImports: true,
	inlineFragmentTypes: 'combine',
};

export default {
	schema: '../schema/schema.graphql',
	documents: 'src/**/*.graphql',
	generates: {
		'src/gql/schema.ts': {
			plugins: ['typescript-operations'],
			config: { ...config, generateOperationTypes: false },
		},
		'src/': {
			preset: 'near-operation-file',
			presetConfig: { extension: '.generated.ts', baseTypesPath: 'gql/schema.ts' },
			plugins: ['typescript-operations', './scripts/operations.mjs'],
			config: {
				...config,
				importSchemaTypesFrom: 'src/gql/schema.ts',
			},
		},
		'../schema/operations.json': {
			plugins: ['./scripts/operations.mjs'],
			config: { manifest: true },
		},
	},
};
