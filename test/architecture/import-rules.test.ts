import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import { importRules } from './import-rules.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

describe('the import rules', () => {
  it('are kept by every file of src', async () => {
    process.chdir(ROOT);
    const { forbidden = [], options = {} } = importRules;
    const { output } = await cruise(['src'], { ...options, validate: true, ruleSet: { forbidden } });
    assert.notEqual(typeof output, 'string');
    const { violations } = (output as Exclude<typeof output, string>).summary;
    assert.deepEqual(violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`), []);
  });

  it('leave process.env to the files of settings', () => {
    const readers = sourceFiles().filter((file) => /\bprocess\.env\b/.test(withoutComments(file)));
    const allowed = [
      'src/gateway/config.ts',
      // A child process gets an environment of its own: PATH and nothing of the gateway's.
      'src/gateway/isolate/child-environment.ts',
      'src/sandbox/gateway-process.ts',
      'src/sandbox/postgres.ts',
      'src/sandbox/sandbox-settings.ts',
    ];
    assert.deepEqual(readers.filter((file) => !allowed.includes(file)), []);
  });

  it('leave no /sandbox route in the gateway', () => {
    const mentions = sourceFiles().filter((file) => file.startsWith('src/gateway/') && withoutComments(file).includes('/sandbox'));
    assert.deepEqual(mentions, []);
  });
});

function sourceFiles(): readonly string[] {
  return readdirSync(new URL('../../src/', import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `src/${name}`);
}

function withoutComments(file: string): string {
  return readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
}
