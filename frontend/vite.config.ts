import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const server = `http://127.0.0.1:${process.env.PORT ?? '8080'}`;
const served = ['/graphql', '/sign-out', '/demo'];

export default defineConfig({
	plugins: [react()],
	resolve: {
		alias: {
			'@0no-co/graphql.web': path('./src/api/noDocuments.ts'),
			'@dkfds': path('./node_modules/dkfds/dist'),
			'@': path('./src'),
		},
	},
	css: {
		preprocessorOptions: {
			scss: { loadPaths: [path('./node_modules/dkfds/dist/scss')], quietDeps: true },
		},
	},
	build: {
		manifest: true,
		rolldownOptions: {
			output: {
				// What changes only with a dependency stays in the browser's cache over releases; the small parts that every
				// page has weigh less together.
				codeSplitting: {
					groups: [
						{ name: 'vendor', test: /node_modules/ },
						{ name: 'shared', test: /src\/(api|components|features\/session|i18n\/(index|format))/ },
						// Where the report and trying the rules ask the same questions.
						{
							name: 'questions',
							test: /src\/features\/report\/(answers|moment|numbers|options|DraftStatus|QuestionField|useAssessment|fields)/,
						},
					],
				},
			},
		},
		// The content security policy allows no inline script; every browser we support preloads modules itself.
		modulePreload: { polyfill: false },
		// Fonts stay files, so that the policy need not allow `font-src data:`.
		assetsInlineLimit: (file) => (file.endsWith('.svg') ? undefined : false),
	},
	server: { proxy: Object.fromEntries(served.map((prefix) => [prefix, server])) },
	test: {
		environment: 'jsdom',
		setupFiles: ['src/testing/setup.ts'],
		include: ['src/**/*.test.{ts,tsx}'],
		// Compilers run beside these tests in `make test`; a slow machine is no failure.
		testTimeout: 60_000,
		// Fixed, so that a test that forgets to convert to Danish time fails everywhere.
		env: { TZ: 'America/New_York' },
	},
});
