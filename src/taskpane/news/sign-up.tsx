import { makeStyles } from '@fluentui/react-components';
import { useContext, useEffect, useId, useRef, useState, type FormEvent, type ReactElement, type Ref } from 'react';
import { consentTextOf } from '../../domain/news-consent.ts';
import { usePaneParts } from '../pane-parts.ts';
import { Button } from '../parts/button.tsx';
import { noAnswerText } from '../parts/no-answer-text.ts';
import { shownTime } from '../parts/shown-time.ts';
import { StateIcon } from '../parts/state-icon.tsx';
import { tokens } from '../parts/tokens.ts';
import { frame, news } from '../texts/da.ts';
import { useLocale, useText, WordsContext } from '../texts/use-text.ts';

const useStyles = makeStyles({
  form: { display: 'flex', flexDirection: 'column', rowGap: '12px', padding: '12px 16px', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  heading: { margin: 0, fontSize: 'inherit', fontWeight: tokens.fontWeightSemibold },
  fields: { display: 'flex', flexDirection: 'column', rowGap: '12px' },
  field: { display: 'flex', flexDirection: 'column', rowGap: '4px' },
  input: {
    boxSizing: 'border-box', width: '100%', minHeight: '32px', padding: '0 12px', font: 'inherit', color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1, borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke1}`, borderBottomColor: tokens.colorNeutralStrokeAccessible,
    ':focus': { outline: `2px solid ${tokens.colorCompoundBrandStroke}`, outlineOffset: '-1px' },
  },
  tick: { display: 'flex', columnGap: '8px', alignItems: 'flex-start', cursor: 'pointer' },
  box: { flexShrink: 0, width: '24px', height: '24px', margin: 0, accentColor: tokens.colorCompoundBrandStroke },
  small: { margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground2 },
  fault: { display: 'flex', columnGap: '6px', margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorStatusDangerForeground3 },
  done: { margin: 0, outlineStyle: 'none' },
  go: { alignSelf: 'flex-start' },
});

/** News by mail: one's own address, consent that one gives oneself, and what becomes of the address (features H1). */
export function SignUp(): ReactElement {
  const styles = useStyles();
  const say = useText(news);
  const heading = useId();
  const [done, setDone] = useState(false);
  return (
    <section className={styles.form} aria-labelledby={heading}>
      <h2 className={styles.heading} id={heading}>{say('news.join')}</h2>
      {done ? <Done /> : <Form onDone={() => setDone(true)} />}
    </section>
  );
}

/** In place of the form, with the focus that was in it. */
function Done(): ReactElement {
  const styles = useStyles();
  const say = useText(news);
  const text = useRef<HTMLParagraphElement>(null);
  useEffect(() => text.current?.focus(), []);
  return <p className={styles.done} ref={text} tabIndex={-1}>{say('news.in')}</p>;
}

function Form({ onDone }: { readonly onDone: () => void }): ReactElement {
  const styles = useStyles();
  const say = useText(news);
  const sayFrame = useText(frame);
  const address = useRef<HTMLInputElement>(null);
  const consent = useRef<HTMLInputElement>(null);
  const { fault, busy, send } = useSending(onDone);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wrong = send(address.current?.value.trim() ?? '', consent.current?.checked ?? false);
    if (wrong !== null) (wrong === 'address' ? address : consent).current?.focus();
  };
  const faultAt = (at: Field | 'form'): string | null => (fault?.at === at ? fault.text : null);
  return (
    <form className={styles.fields} noValidate onSubmit={submit}>
      <Address field={address} fault={faultAt('address')} />
      <Consent field={consent} fault={faultAt('consent')} />
      <Button className={styles.go} type="submit" disabledFocusable={busy}>{busy ? sayFrame('loading') : say('news.go')}</Button>
      <div role="alert">{faultAt('form') !== null && <Fault text={faultAt('form')} />}</div>
    </form>
  );
}

function Fault({ id, text }: { readonly id?: string; readonly text: string | null }): ReactElement {
  const styles = useStyles();
  return <p className={styles.fault} id={id}><StateIcon small state="stop" /><span>{text}</span></p>;
}

interface FieldProps {
  readonly field: Ref<HTMLInputElement>;
  /** What is wrong with it; null: nothing. */
  readonly fault: string | null;
}

function Address({ field, fault }: FieldProps): ReactElement {
  const styles = useStyles();
  const say = useText(news);
  const { outlook } = usePaneParts();
  const id = useId();
  const faultId = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{say('news.mail')}</label>
      <input
        id={id} ref={field} className={styles.input} type="email" autoComplete="email" maxLength={254} defaultValue={outlook.client.userAddress}
        aria-invalid={fault !== null} aria-describedby={fault === null ? undefined : faultId}
      />
      {fault !== null && <Fault id={faultId} text={fault} />}
    </div>
  );
}

function Consent({ field, fault }: FieldProps): ReactElement {
  const styles = useStyles();
  const say = useText(news);
  const privacyId = useId();
  const faultId = useId();
  return (
    <div className={styles.field}>
      <label className={styles.tick}>
        <input ref={field} className={styles.box} type="checkbox" aria-invalid={fault !== null} aria-describedby={fault === null ? privacyId : `${faultId} ${privacyId}`} />
        <span>{say('news.consent')}</span>
      </label>
      {fault !== null && <Fault id={faultId} text={fault} />}
      <p className={styles.small} id={privacyId}>{say('news.privacy')}</p>
    </div>
  );
}

type Field = 'address' | 'consent';

interface Sending {
  readonly fault: { readonly at: Field | 'form'; readonly text: string } | null;
  readonly busy: boolean;
  /** What must be filled in first; null: it is on its way. */
  send(address: string, consented: boolean): Field | null;
}

function useSending(onDone: () => void): Sending {
  const say = useText(news);
  const sayFrame = useText(frame);
  const time = shownTime(useLocale());
  const { language } = useContext(WordsContext);
  const { gateway, noteAnswer, announce } = usePaneParts();
  const [fault, setFault] = useState<Sending['fault']>(null);
  const [busy, setBusy] = useState(false);
  const wrong = (at: Field, text: string): Field => {
    setFault({ at, text });
    announce(text);
    return at;
  };
  const call = async (address: string): Promise<void> => {
    setBusy(true);
    const answer = await (await gateway.newsCalls()).signUp({ address, consentText: consentTextOf(language) });
    setBusy(false);
    if (answer.kind === 'answer') return onDone();
    noteAnswer(answer);
    const text = noAnswerText(answer, sayFrame, time) ?? say('news.notNow');
    if (answer.kind === 'refused') wrong('address', text);
    else setFault({ at: 'form', text });
  };
  return {
    fault, busy,
    send(address, consented) {
      if (busy) return null;
      setFault(null);
      if (!address.includes('@')) return wrong('address', say('news.needMail'));
      if (!consented) return wrong('consent', say('news.needConsent'));
      void call(address);
      return null;
    },
  };
}
