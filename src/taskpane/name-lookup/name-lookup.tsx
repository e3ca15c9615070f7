import { makeStyles } from '@fluentui/react-components';
import { useEffect, useId, useMemo, useRef, useState, useSyncExternalStore, type FormEvent, type ReactElement, type Ref } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import { useShownNumber } from '../parts/masked-number.tsx';
import { noAnswerText } from '../parts/no-answer-text.ts';
import { StateIcon } from '../parts/state-icon.tsx';
import { shownTime } from '../parts/shown-time.ts';
import { frame, lookup } from '../texts/da.ts';
import { useLocale, useText } from '../texts/use-text.ts';
import { newestOfCase, type Lookup } from './lookup-book.ts';
import { LookupRows } from './lookup-row.tsx';
import { lookupBookOf, useLookup, type LookupFault, type LookupForm } from './use-lookup.ts';
import { Button } from '../parts/button.tsx';
import { tokens } from '../parts/tokens.ts';

/** As long as the gateway lets a purpose be. */
const CASE_CHARACTERS_MAX = 200;
const QUERY_CHARACTERS_MAX = 100;
/** A look-up that takes longer than this is said to be under way (ux.md 5). */
const BUSY_SHOWN_AFTER_MS = 400;

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: '16px', padding: '12px 16px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  field: { display: 'flex', flexDirection: 'column', rowGap: '4px' },
  input: {
    boxSizing: 'border-box', width: '100%', minHeight: '32px', padding: '0 12px', font: 'inherit', color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1, borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke1}`, borderBottomColor: tokens.colorNeutralStrokeAccessible,
    ':focus': { outline: `2px solid ${tokens.colorCompoundBrandStroke}`, outlineOffset: '-1px' },
    '&[aria-invalid=true]': { borderTopColor: tokens.colorStatusDangerBorder2, borderRightColor: tokens.colorStatusDangerBorder2, borderBottomColor: tokens.colorStatusDangerBorder2, borderLeftColor: tokens.colorStatusDangerBorder2 },
  },
  small: { margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground2 },
  fault: { display: 'flex', columnGap: '6px', margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorStatusDangerForeground3 },
  go: { alignSelf: 'flex-start' },
  part: { padding: '12px 16px', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  heading: { margin: '0 0 4px', fontSize: 'inherit', fontWeight: tokens.fontWeightSemibold },
  plain: { margin: 0 },
  log: { margin: 0, padding: '12px 16px', fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground2 },
});

/** Slå op: who has this number, and which companies are called so (ux.md 5.8). */
export default function NameLookup(): ReactElement {
  const styles = useStyles();
  const say = useText(lookup);
  const { account: { me, generation }, gateway } = usePaneParts();
  const form = useLookup();
  const shown = useShownNumber();
  const book = lookupBookOf(gateway, generation);
  const { newest, earlier } = newestOfCase(useSyncExternalStore(book.onChange, book.lookups));
  if (me && me.cprAccess === null && !me.cvrAccess) {
    return <p className={styles.log}>{say('look.noRight', { contact: me.organisation.helpContact })}</p>;
  }
  return (
    <>
      <Form form={form} withCase={me === null || me.cprAccess !== null} />
      <section className={styles.part} aria-live="polite" aria-busy={form.busy}>
        <Newest form={form} newest={newest} shown={shown} />
      </section>
      {earlier.length > 0 && (
        <section className={styles.part}>
          <h2 className={styles.heading}>{say('look.recent')}</h2>
          {earlier.map((one) => <LookupRows key={one.id} lookup={one} shown={shown} ask={form.ask} />)}
        </section>
      )}
      <p className={styles.log}>{say('look.log')}</p>
    </>
  );
}

/** The newest result; or that it is being looked up, that it could not be, or what this screen is for. */
function Newest({ form, newest, shown }: { readonly form: LookupForm; readonly newest: Lookup | null; readonly shown: ReturnType<typeof useShownNumber> }): ReactElement | null {
  const styles = useStyles();
  const say = useText(lookup);
  const failure = useFailureText(form.failed);
  const slow = useSlow(form.busy);
  if (slow) return <p className={styles.plain}>{say('look.busy')}</p>;
  if (failure !== null) return <p className={styles.plain}>{failure}</p>;
  if (newest) return <LookupRows lookup={newest} shown={shown} ask={form.ask} />;
  return <p className={styles.plain}>{say('look.empty')}</p>;
}

/** True when something has taken so long that it is said. */
function useSlow(busy: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!busy) return undefined;
    const clock = setTimeout(() => setSlow(true), BUSY_SHOWN_AFTER_MS);
    return () => {
      clearTimeout(clock);
      setSlow(false);
    };
  }, [busy]);
  return busy && slow;
}

function useFailureText(failed: LookupForm['failed']): string | null {
  const say = useText(lookup);
  const sayFrame = useText(frame);
  const locale = useLocale();
  const { account: { me } } = usePaneParts();
  if (!failed) return null;
  if (failed.kind === 'unavailable') return say('look.slow');
  if (failed.kind === 'away') return say('look.offline');
  const time = shownTime(locale);
  if (failed.kind === 'too-many') return say('look.limit', { time: time.clock(failed.retryAt) });
  if (failed.kind === 'no-right') return say('look.noRight', { contact: me?.organisation.helpContact ?? '' });
  return noAnswerText(failed, sayFrame, time);
}

function Form({ form, withCase }: { readonly form: LookupForm; readonly withCase: boolean }): ReactElement {
  const styles = useStyles();
  const say = useText(lookup);
  const query = useRef<HTMLInputElement>(null);
  const caseField = useRef<HTMLInputElement>(null);
  const faultText = useFaultText(form.fault);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const fault = form.submit();
    if (fault) selectIn(fault.field === 'query' ? query.current : caseField.current);
    else if (document.activeElement === query.current) setTimeout(() => query.current?.select());
  };
  return (
    <form className={styles.form} onSubmit={submit} autoComplete="off" noValidate>
      <Field
        label={say('look.label')} value={form.typed} onType={form.type} inputRef={query} max={QUERY_CHARACTERS_MAX}
        fault={form.fault?.field === 'query' ? faultText : null} selectsAll
      />
      {withCase && (
        <Field
          label={say('look.case')} value={form.caseNumber} onType={form.typeCase} inputRef={caseField} max={CASE_CHARACTERS_MAX}
          fault={form.fault?.field === 'case' ? faultText : null} hint={say('look.case.hint')}
        />
      )}
      <Button className={styles.go} appearance="primary" type="submit">{say('look.go')}</Button>
    </form>
  );
}

function selectIn(input: HTMLInputElement | null): void {
  input?.focus();
  input?.select();
}

function useFaultText(fault: LookupFault | null): string | null {
  const say = useText(lookup);
  const { account: { me } } = usePaneParts();
  return useMemo(() => {
    const contact = me?.organisation.helpContact ?? '';
    switch (fault?.kind) {
      case 'bad-digits':
        // Eight digits that are grouped as a CPR number is.
        return say(fault.count === 8 ? 'look.bad.cpr' : 'look.bad.digits', { n: fault.count });
      case 'too-short':
        return say('look.bad.short');
      case 'no-cpr':
        return say('look.noCpr', { contact });
      case 'no-cvr':
        return say('look.noCvr', { contact });
      case 'missing':
        return say('look.case.missing');
      case undefined:
        return null;
    }
  }, [fault, me, say]);
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onType: (text: string) => void;
  readonly inputRef: Ref<HTMLInputElement>;
  readonly max: number;
  readonly fault: string | null;
  readonly hint?: string;
  /** What stands there is replaced by what is typed next. */
  readonly selectsAll?: boolean;
}

// The browser's own field: Fluent's would weigh 7.8 kB more (ux.md 7).
function Field({ label, value, onType, inputRef, max, fault, hint, selectsAll }: FieldProps): ReactElement {
  const styles = useStyles();
  const id = useId();
  const described = [fault === null ? '' : `${id}-fault`, hint === undefined ? '' : `${id}-hint`].filter((part) => part !== '').join(' ');
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id} ref={inputRef} className={styles.input} type="text" value={value} maxLength={max} spellCheck={false} autoComplete="off"
        aria-invalid={fault !== null} aria-describedby={described === '' ? undefined : described}
        onChange={({ target }) => onType(target.value)} onFocus={selectsAll ? ({ target }) => target.select() : undefined}
      />
      {fault !== null && <p id={`${id}-fault`} className={styles.fault}><StateIcon small state="stop" /><span>{fault}</span></p>}
      {hint !== undefined && <p id={`${id}-hint`} className={styles.small}>{hint}</p>}
    </div>
  );
}
