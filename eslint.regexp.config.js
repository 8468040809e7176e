/**
 * Regular expressions over what strangers send: none may take longer than its input is long. Apart from eslint.config.js,
 * because it looks at nothing else and needs no types.
 */
import * as regexp from 'eslint-plugin-regexp';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig({
  files: ['components/**/*.ts', 'server/**/*.ts'],
  // Comments that silence rules of the other configuration silence nothing here.
  linterOptions: { reportUnusedDisableDirectives: 'off' },
  languageOptions: { parser: tseslint.parser },
  plugins: { regexp, '@typescript-eslint': tseslint.plugin },
  rules: {
    'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
    'regexp/no-super-linear-move': ['error', { report: 'potential', ignoreSticky: false }],
  },
});
