import { makeStyles } from '@fluentui/react-components';
import { tokens } from '../parts/tokens.ts';

const small = { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 } as const;
const line = `1px solid ${tokens.colorNeutralStroke2}`;

/** What several parts of Skriv look like. Fields are the browser's own, in Fluent's dress: Fluent's weigh 7 kB more. */
export const useComposeStyles = makeStyles({
  section: { borderTop: line, padding: '12px 16px' },
  heading: { margin: '0 0 8px', fontSize: 'inherit', lineHeight: 'inherit', fontWeight: tokens.fontWeightSemibold },
  text: { margin: 0 },
  small: { ...small, margin: 0, color: tokens.colorNeutralForeground2 },
  fault: { color: tokens.colorStatusDangerForeground3 },
  /** An icon, and the words beside it. */
  told: { ...small, display: 'flex', columnGap: '6px', margin: '4px 0 0', color: tokens.colorNeutralForeground2 },
  label: { display: 'block', margin: '0 0 4px' },
  field: {
    boxSizing: 'border-box', width: '100%', minWidth: 0, minHeight: '32px', padding: '0 12px', font: 'inherit', color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1, borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke1}`, borderBottomColor: tokens.colorNeutralStrokeAccessible,
    ':focus': { outline: `2px solid ${tokens.colorCompoundBrandStroke}`, outlineOffset: '-1px' },
    '&[aria-invalid=true]': {
      borderTopColor: tokens.colorStatusDangerBorder2, borderRightColor: tokens.colorStatusDangerBorder2,
      borderBottomColor: tokens.colorStatusDangerBorder2, borderLeftColor: tokens.colorStatusDangerBorder2,
    },
  },
  stack: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  look: { display: 'flex', columnGap: '10px' },
  lookBody: { minWidth: 0, flexGrow: 1, outlineStyle: 'none' },
  heading3: { margin: 0, fontSize: 'inherit', lineHeight: 'inherit', fontWeight: 'inherit', outlineStyle: 'none' },
});
