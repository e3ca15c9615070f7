import { makeStyles } from '@fluentui/react-components';
import { useId, type ReactElement, type ReactNode } from 'react';
import { Section } from '../parts/section.tsx';
import { noonOf } from '../parts/shown-time.ts';
import { compose, frame } from '../texts/da.ts';
import { useLocale, useText } from '../texts/use-text.ts';
import { useComposeStyles } from './compose-styles.ts';
import { filledCount, suggestedCase, type InformationField } from './more-information.ts';
import { SmallState } from './small-state.tsx';
import { useSayRef } from './use-say-ref.ts';
import type { InformationDraft } from './use-information.ts';
import { Button } from '../parts/button.tsx';

/** The key of the card that a wrong field is. */
export const INFORMATION_CARD = 'information';

const useStyles = makeStyles({
  suggestion: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', columnGap: '8px', marginTop: '4px' },
});

export interface InformationSectionProps {
  readonly information: InformationDraft;
  readonly subject: string;
  readonly replyable: boolean;
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
}

/** Flere oplysninger: five fields for the recipient's system, all optional (ux.md 5.5). A fault keeps the section open. */
export function InformationSection({ information, subject, replyable, open, onToggle }: InformationSectionProps): ReactElement {
  const shared = useComposeStyles();
  const say = useText(compose);
  const { fields, isWrong } = information;
  const count = filledCount(fields);
  return (
    <div data-card={isWrong ? INFORMATION_CARD : undefined} data-grade={isWrong ? 'stop' : undefined}>
      <Section title={say('info.h')} value={count === 0 ? say('info.none') : say('info.some', { n: count })} open={open || isWrong} onToggle={onToggle}>
        <div className={shared.stack}>
          <Trouble information={information} />
          <p className={shared.small}>{say('info.hint')}</p>
          <Deadline information={information} replyable={replyable} />
          <Field information={information} name="caseId" label={say('info.case')}>
            {fields.caseId === '' && <CaseSuggestion value={suggestedCase(subject)} use={(value) => information.set('caseId', value)} />}
          </Field>
          <Field information={information} name="attention" label={say('info.attention')}><p className={shared.small}>{say('info.attention.hint')}</p></Field>
          <Field information={information} name="kle" label={say('info.kle')} />
          <Field information={information} name="form" label={say('info.form')} />
        </div>
      </Section>
    </div>
  );
}

/** What was typed and is not in the mail, or stands there in two ways: told where it was typed, and a stop. */
function Trouble({ information: { trouble, writeAgain } }: Pick<InformationSectionProps, 'information'>): ReactElement | null {
  const sayFrame = useText(frame);
  const sayRef = useSayRef();
  if (trouble === null) return null;
  return (
    <div>
      <SmallState state="stop" text={sayRef(trouble)} isAlert isCardHeading />
      {writeAgain && <Button size="small" onClick={writeAgain}>{sayFrame('net.retry')}</Button>}
    </div>
  );
}

function Deadline({ information, replyable }: Pick<InformationSectionProps, 'information' | 'replyable'>): ReactElement {
  const shared = useComposeStyles();
  const say = useText(compose);
  const locale = useLocale();
  const { deadline } = information.fields;
  const isDay = /^\d{4}-\d\d-\d\d$/.test(deadline);
  const day = noonOf(deadline);
  const words = { weekday: new Intl.DateTimeFormat(locale, { weekday: 'long' }), date: new Intl.DateTimeFormat(locale, { dateStyle: 'long' }) };
  return (
    <Field information={information} name="deadline" label={say('info.deadline')} type="date">
      {isDay && <p className={shared.small}>{say('info.deadline.words', { weekday: words.weekday.format(day), date: words.date.format(day) })}</p>}
      {deadline !== '' && !replyable && <SmallState state="info" text={say('info.deadline.noReply')} />}
    </Field>
  );
}

function CaseSuggestion({ value, use }: { readonly value: string | null; readonly use: (value: string) => void }): ReactElement | null {
  const styles = useStyles();
  const shared = useComposeStyles();
  const say = useText(compose);
  if (value === null) return null;
  return (
    <div className={styles.suggestion}>
      <span className={shared.small}>{say('info.suggest', { value })}</span>
      <Button size="small" aria-label={`${say('info.use')}: ${value}`} onClick={() => use(value)}>{say('info.use')}</Button>
    </div>
  );
}

interface FieldProps {
  readonly information: InformationDraft;
  readonly name: InformationField;
  readonly label: string;
  readonly type?: 'text' | 'date';
  readonly children?: ReactNode;
}

/** A field with its fault and what helps to fill it in. Looked through when it is left, not while one types. */
function Field({ information, name, label, type = 'text', children }: FieldProps): ReactElement {
  const shared = useComposeStyles();
  const sayRef = useSayRef();
  const id = useId();
  const fault = information.faults[name];
  return (
    <div>
      <label className={shared.label} htmlFor={id}>{label}</label>
      <input
        id={id} type={type} className={shared.field} autoComplete="off" value={information.fields[name]} aria-invalid={fault ? true : undefined} aria-describedby={`${id}-below`}
        data-card-heading={fault ? true : undefined}
        onChange={(event) => information.set(name, event.target.value)} onBlur={information.leave}
      />
      <div id={`${id}-below`}>
        {fault && <SmallState state="stop" text={sayRef(fault)} />}
        {children}
      </div>
    </div>
  );
}
