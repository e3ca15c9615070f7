import { makeStyles } from '@fluentui/react-components';
import { ChevronDown20Regular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronUp20Regular } from '@fluentui/react-icons/svg/chevron-up';
import { useId, useRef, type KeyboardEvent, type ReactElement, type ReactNode } from 'react';
import { tokens } from './tokens.ts';

const useStyles = makeStyles({
  section: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, padding: '0 16px' },
  heading: { margin: 0, fontSize: 'inherit' },
  button: {
    display: 'flex', alignItems: 'center', width: '100%', minHeight: '44px', padding: 0, columnGap: '8px', border: 0, background: 'none',
    font: 'inherit', color: 'inherit', textAlign: 'left', cursor: 'pointer',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  title: { fontWeight: tokens.fontWeightSemibold, flexGrow: 1 },
  value: { fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere', textAlign: 'right' },
  content: { paddingBottom: '12px' },
});

export interface SectionProps {
  readonly title: string;
  /** What is chosen; stands in the heading, so that a shut section hides nothing. */
  readonly value: string;
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  readonly children: ReactNode;
}

/** A part of the screen behind its heading. Esc shuts it and gives focus back to the heading. */
export function Section({ title, value, open, onToggle, children }: SectionProps): ReactElement {
  const styles = useStyles();
  const button = useRef<HTMLButtonElement>(null);
  const contentId = useId();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !open || event.defaultPrevented) return;
    event.preventDefault();
    onToggle(false);
    button.current?.focus();
  };
  return (
    <section className={styles.section} onKeyDown={onKeyDown}>
      <h2 className={styles.heading}>
        <button type="button" ref={button} className={styles.button} aria-expanded={open} aria-controls={contentId} onClick={() => onToggle(!open)}>
          <span className={styles.title}>{title}</span>
          <span className={styles.value}>{value}</span>
          {open ? <ChevronUp20Regular aria-hidden /> : <ChevronDown20Regular aria-hidden />}
        </button>
      </h2>
      <div id={contentId} className={styles.content} hidden={!open}>{open && children}</div>
    </section>
  );
}
