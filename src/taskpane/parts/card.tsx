import { makeStyles } from '@fluentui/react-components';
import { useId, type ReactElement, type ReactNode } from 'react';
import { StateIcon } from './state-icon.tsx';
import { Button } from './button.tsx';
import { tokens } from './tokens.ts';

/** The two grades (ux.md, principle 6): `stop` will be refused, `look` will go and may be wrong. */
export type Grade = 'stop' | 'look';

/** A way out, as a button on the card; the mending one first, "Fjern" last. */
export interface Fix {
  readonly label: string;
  readonly act: () => void;
  /** It opens something on the card, which is open or not. */
  readonly expanded?: boolean;
  /** It cannot be pressed just now. */
  readonly waiting?: boolean;
}

/** The place that a card is about; whoever makes it has masked all CPR numbers. */
export interface Quote {
  readonly before: string;
  readonly found: string;
  readonly after: string;
}

export interface ShownCard {
  /** Stays the same as long as the card is about the same thing. */
  readonly key: string;
  readonly grade: Grade;
  /** The grade in words. */
  readonly gradeText: string;
  readonly text: string;
  readonly quote: Quote | null;
  readonly advice: string | null;
  readonly fixes: readonly Fix[];
}

const useStyles = makeStyles({
  card: { display: 'flex', columnGap: '10px', padding: '8px 0', '[data-card] + &': { borderTop: `1px solid ${tokens.colorNeutralStroke2}` } },
  body: { minWidth: 0, flexGrow: 1, overflowWrap: 'anywhere' },
  heading: { margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, fontWeight: tokens.fontWeightSemibold },
  stop: { color: tokens.colorStatusDangerForeground3 },
  look: { color: tokens.colorStatusWarningForeground3 },
  text: { margin: 0 },
  quote: { margin: '6px 0', padding: '4px 8px', borderRadius: tokens.borderRadiusMedium, backgroundColor: tokens.colorNeutralBackground3, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200 },
  mark: { backgroundColor: tokens.colorPaletteYellowBackground2, color: tokens.colorNeutralForeground1, fontWeight: tokens.fontWeightSemibold },
  advice: { margin: '4px 0', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground2 },
  fixes: { display: 'flex', flexWrap: 'wrap', gap: '8px', marginTop: '6px' },
});

/** One problem on the thing it is about, with its place and its ways out. The heading takes focus (parts/focus-card.ts). */
export function Card({ card, children }: { readonly card: ShownCard; readonly children?: ReactNode }): ReactElement {
  const styles = useStyles();
  const textId = useId();
  const quoteId = useId();
  return (
    <div className={styles.card} data-card={card.key} data-grade={card.grade}>
      <StateIcon state={card.grade} />
      <div className={styles.body}>
        <h3 className={`${styles.heading} ${styles[card.grade]}`} tabIndex={-1} data-card-heading aria-describedby={card.quote ? `${textId} ${quoteId}` : textId}>
          {card.gradeText}
        </h3>
        <p className={styles.text} id={textId}>{card.text}</p>
        {card.quote && (
          <blockquote className={styles.quote} id={quoteId}>
            {card.quote.before}<mark className={styles.mark}>{card.quote.found}</mark>{card.quote.after}
          </blockquote>
        )}
        {card.advice && <p className={styles.advice}>{card.advice}</p>}
        <Fixes fixes={card.fixes} describedBy={textId} />
        {children}
      </div>
    </div>
  );
}

/** `describedBy`: the id of the words that say what they are for, since many have the same label. */
export function Fixes({ fixes, describedBy }: { readonly fixes: readonly Fix[]; readonly describedBy?: string }): ReactElement | null {
  const styles = useStyles();
  if (fixes.length === 0) return null;
  return (
    <div className={styles.fixes}>
      {fixes.map(({ label, act, expanded, waiting = false }) => (
        <Button key={label} size="small" onClick={act} disabledFocusable={waiting} aria-expanded={expanded} aria-describedby={describedBy}>{label}</Button>
      ))}
    </div>
  );
}
