import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { teamsHighContrastTheme, webDarkTheme, webLightTheme, type Theme } from '@fluentui/react-components';
import { themes } from '../../../src/taskpane/parts/themes.ts';
import { tokens } from '../../../src/taskpane/parts/tokens.ts';

describe('the colours of the pane', () => {
  const fluent: Readonly<Record<keyof typeof themes, Theme>> = { light: webLightTheme, dark: webDarkTheme, 'high-contrast': teamsHighContrastTheme };

  for (const name of ['light', 'dark', 'high-contrast'] as const) {
    it(`are Fluent's own, ${name}`, () => {
      for (const [token, value] of Object.entries(themes[name])) {
        // One family of type in all themes: Outlook's.
        const own = token === 'fontFamilyBase' ? webLightTheme : fluent[name];
        assert.equal(value, own[token as keyof Theme], token);
      }
    });
  }

  it('are named as Fluent names them', () => {
    assert.equal(tokens.colorNeutralForeground1, 'var(--colorNeutralForeground1)');
  });
});
