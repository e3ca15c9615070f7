/**
 * Fluent's own themes (web light, web dark, Teams high contrast), cut down to what the pane uses: whole they weigh 6 kB.
 * The test holds every value against Fluent's.
 */
const common = {
  borderRadiusCircular: '10000px',
  borderRadiusMedium: '4px',
  durationNormal: '200ms',
  fontFamilyBase: "'Segoe UI', 'Segoe UI Web (West European)', -apple-system, BlinkMacSystemFont, Roboto, 'Helvetica Neue', sans-serif",
  fontSizeBase200: '12px',
  fontSizeBase300: '14px',
  fontWeightRegular: 400,
  fontWeightSemibold: 600,
  lineHeightBase200: '16px',
  lineHeightBase300: '20px',
};

/** Light, dark, high contrast. */
const colours = {
  colorBrandBackground: ['#0f6cbd', '#115ea3', '#ffffff'],
  colorBrandBackground2: ['#ebf3fc', '#082338', '#000000'],
  colorBrandBackgroundHover: ['#115ea3', '#0f6cbd', '#1aebff'],
  colorBrandBackgroundPressed: ['#0c3b5e', '#0c3b5e', '#1aebff'],
  colorBrandForeground1: ['#0f6cbd', '#479ef5', '#ffffff'],
  colorBrandForeground2: ['#115ea3', '#62abf5', '#ffffff'],
  colorBrandForegroundLink: ['#115ea3', '#479ef5', '#ffff00'],
  colorBrandStroke1: ['#0f6cbd', '#479ef5', '#ffffff'],
  colorCompoundBrandBackground: ['#0f6cbd', '#479ef5', '#1aebff'],
  colorCompoundBrandStroke: ['#0f6cbd', '#479ef5', '#1aebff'],
  colorNeutralBackground1: ['#ffffff', '#292929', '#000000'],
  colorNeutralBackground1Hover: ['#f5f5f5', '#3d3d3d', '#1aebff'],
  colorNeutralBackground1Pressed: ['#e0e0e0', '#1f1f1f', '#1aebff'],
  colorNeutralBackground2: ['#fafafa', '#1f1f1f', '#000000'],
  colorNeutralBackground3: ['#f5f5f5', '#141414', '#000000'],
  colorNeutralBackground6: ['#e6e6e6', '#333333', '#000000'],
  colorNeutralForeground1: ['#242424', '#ffffff', '#ffffff'],
  colorNeutralForeground2: ['#424242', '#d6d6d6', '#ffffff'],
  colorNeutralForeground3: ['#616161', '#adadad', '#ffffff'],
  colorNeutralForegroundDisabled: ['#bdbdbd', '#5c5c5c', '#3ff23f'],
  colorNeutralForegroundInverted: ['#ffffff', '#242424', '#000000'],
  colorNeutralForegroundOnBrand: ['#ffffff', '#ffffff', '#000000'],
  colorNeutralStroke1: ['#d1d1d1', '#666666', '#ffffff'],
  colorNeutralStroke2: ['#e0e0e0', '#525252', '#ffffff'],
  colorNeutralStroke3: ['#f0f0f0', '#3d3d3d', '#ffffff'],
  colorNeutralStrokeAccessible: ['#616161', '#adadad', '#ffffff'],
  colorNeutralStrokeDisabled: ['#e0e0e0', '#424242', '#3ff23f'],
  colorPaletteYellowBackground2: ['#fef7b2', '#817400', '#000000'],
  colorStatusDangerBackground1: ['#fdf3f4', '#3b0509', '#000000'],
  colorStatusDangerBorder1: ['#eeacb2', '#c50f1f', '#ffffff'],
  colorStatusDangerBorder2: ['#c50f1f', '#dc626d', '#ffffff'],
  colorStatusDangerForeground1: ['#b10e1c', '#dc626d', '#ffffff'],
  colorStatusDangerForeground3: ['#c50f1f', '#eeacb2', '#ffffff'],
  colorStatusSuccessBackground1: ['#f1faf1', '#052505', '#000000'],
  colorStatusSuccessBorder1: ['#9fd89f', '#107c10', '#ffffff'],
  colorStatusSuccessForeground1: ['#0e700e', '#54b054', '#ffffff'],
  colorStatusWarningBackground1: ['#fff9f5', '#4a1e04', '#000000'],
  colorStatusWarningBorder1: ['#fdcfb4', '#f7630c', '#ffffff'],
  colorStatusWarningForeground3: ['#bc4b09', '#f98845', '#ffffff'],
  colorStrokeFocus2: ['#000000', '#ffffff', '#1aebff'],
  colorSubtleBackgroundHover: ['#f5f5f5', '#383838', '#1aebff'],
  shadow4: ['0 0 2px rgba(0,0,0,0.12), 0 2px 4px rgba(0,0,0,0.14)', '0 0 2px rgba(0,0,0,0.24), 0 2px 4px rgba(0,0,0,0.28)', '0 0 2px rgba(0,0,0,0.24), 0 2px 4px rgba(0,0,0,0.28)'],
} as const;

export type ThemeToken = keyof typeof common | keyof typeof colours;
export type PaneTheme = typeof common & Readonly<Record<keyof typeof colours, string>>;

function themeWith(column: 0 | 1 | 2): PaneTheme {
  const own = Object.fromEntries(Object.entries(colours).map(([name, values]) => [name, values[column]]));
  return { ...common, ...(own as Record<keyof typeof colours, string>) };
}

export const themes = { light: themeWith(0), dark: themeWith(1), 'high-contrast': themeWith(2) };
