import { makeStyles } from '@fluentui/react-components';
import { tokens } from '../parts/tokens.ts';

const small = { fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 } as const;

/** What the steps of Send til mange have in common: each fills the pane, and its blue button stays at the foot. */
export const useMassStyles = makeStyles({
  // No height of its own, so that it takes what the pane has left, and scrolls inside itself; on a very low screen the pane scrolls.
  step: { flex: '1 1 0', display: 'flex', flexDirection: 'column', minHeight: '420px' },
  content: { flex: '1 1 0', minHeight: 0, overflowY: 'auto', display: 'flex', flexDirection: 'column', rowGap: '12px', padding: '12px 16px' },
  foot: { display: 'flex', flexDirection: 'column', rowGap: '8px', padding: '14px 16px', borderTop: `1px solid ${tokens.colorNeutralStroke2}`, backgroundColor: tokens.colorNeutralBackground2 },
  text: { margin: 0 },
  small: { ...small, margin: 0, color: tokens.colorNeutralForeground2 },
  look: { display: 'flex', columnGap: '10px', margin: 0 },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: '8px', rowGap: '8px' },
});
