import tseslint from 'typescript-eslint';

// Limits of size keep a file one thing and a function one thought; the rest catches what tsc cannot see.
export default tseslint.config(
  { ignores: ['node_modules/**', '.data/**', 'dist/**', 'webpack.config.js'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-param-reassign': 'error',
      'prefer-const': 'error',
      eqeqeq: 'error',
      complexity: ['error', 12],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
    },
  },
  {
    // What runs in a browser, and its tests, has the browser's own types.
    files: ['src/taskpane/**', 'src/commands/**', 'src/sandbox/outlook/page/**', 'test/taskpane/**', 'test/commands/**', 'test/browser/**'].flatMap(
      (folder) => [`${folder}/*.ts`, `${folder}/*.tsx`],
    ),
    languageOptions: { parserOptions: { projectService: false, project: './tsconfig.browser.json' } },
  },
  {
    // Lists of words.
    files: ['src/taskpane/texts/{da,en,kl}.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    files: ['test/**/*.ts', 'test/**/*.tsx'],
    rules: {
      // node:test's describe and it return promises that the runner awaits.
      '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [{ from: 'package', name: ['it', 'describe', 'test', 'suite'], package: 'node:test' }] }],
      'max-lines': 'off',
      'max-lines-per-function': 'off',
    },
  },
);
