import globals from 'globals'
import svelte from 'eslint-plugin-svelte'
import tseslint from 'typescript-eslint'
import svelteConfig from './svelte.config.mjs'

const node = ['node:*']
const electron = ['electron', 'electron/*']
const tensorflow = ['@tensorflow/*']
const sqlite = ['libsql']
const svelteRuntime = ['svelte', 'svelte/*']
const folders = [
  'shared',
  'files',
  'engine',
  'store',
  'workflows',
  'main',
  'preload',
  'renderer',
  'cli',
]
const others = (...allowed) =>
  folders.filter((folder) => !allowed.includes(folder)).map((folder) => `**/${folder}/**`)

/** What each folder of src may not import; docs/architecture.md says why. */
const zones = {
  shared: [...node, ...electron, ...tensorflow, ...sqlite, ...svelteRuntime, ...others('shared')],
  files: [...electron, ...tensorflow, ...sqlite, ...svelteRuntime, ...others('files', 'shared')],
  engine: [...electron, ...sqlite, ...svelteRuntime, ...others('engine', 'files', 'shared')],
  store: [...electron, ...tensorflow, ...svelteRuntime, ...others('store', 'shared')],
  workflows: [
    ...electron,
    ...tensorflow,
    ...sqlite,
    ...svelteRuntime,
    ...others('workflows', 'store', 'files', 'shared'),
  ],
  main: [
    ...tensorflow,
    ...sqlite,
    ...svelteRuntime,
    ...others('main', 'workflows', 'store', 'files', 'shared'),
  ],
  preload: [...node, ...tensorflow, ...sqlite, ...svelteRuntime, ...others('preload', 'shared')],
  renderer: [...node, ...electron, ...tensorflow, ...sqlite, ...others('renderer', 'shared')],
  cli: [
    ...electron,
    ...tensorflow,
    ...sqlite,
    ...svelteRuntime,
    ...others('cli', 'engine', 'workflows', 'store', 'files', 'shared'),
  ],
}

export default tseslint.config(
  { ignores: ['node_modules', 'out', 'dist', 'coverage', 'test-results', 'playwright-report'] },
  {
    files: ['**/*.ts', '**/*.svelte'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-definitions': 'off',
      eqeqeq: 'error',
    },
  },
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: {
        projectService: true,
        extraFileExtensions: ['.svelte'],
        parser: tseslint.parser,
        svelteConfig,
      },
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    // The house keeps sets and maps whole in `$state.raw` and replaces them.
    rules: { 'svelte/prefer-svelte-reactivity': 'off' },
  },
  {
    files: ['**/*.svelte'],
    // Only svelte-check sees the types of a component's props; to this parser they are `any`.
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  { files: ['scripts/**/*.mjs'], languageOptions: { globals: globals.node } },
  ...Object.entries(zones).map(([folder, group]) => ({
    files: [`src/${folder}/**`],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group, message: `src/${folder} may not import this.` }] },
      ],
    },
  })),
)
