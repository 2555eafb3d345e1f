/** Types and documents beside each `.graphql` file, from the checked-in schema. */
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
			plugins: ['typescript-operations', 'typed-document-node'],
			config: {
				...config,
				importSchemaTypesFrom: 'src/gql/schema.ts',
				documentMode: 'documentNodeImportFragments',
			},
		},
	},
};
