import { makeStyles, mergeClasses } from '@fluentui/react-components';
import { useEffect, useId, useRef, useState, type ClipboardEvent, type FocusEvent, type KeyboardEvent, type ReactElement, type RefObject } from 'react';
import type { RecipientId } from '../../domain/gateway-address.ts';
import { usePaneParts } from '../pane-parts.ts';
import { compose, frame } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { useComposeStyles } from './compose-styles.ts';
import { ManyNote } from './many-note.tsx';
import { manyPasted, type ManyPasted } from './many-pasted.ts';
import { optionId, SuggestionList } from './suggestion-list.tsx';
import { SmallState } from './small-state.tsx';
import type { TextRef } from './text-ref.ts';
import { readTypedNumbers, type TypedFault } from './typed-numbers.ts';
import { useSayRef } from './use-say-ref.ts';
import { useSuggestions, type Suggestion } from './use-suggestions.ts';
import { Button } from '../parts/button.tsx';
import { Link } from '../parts/link.tsx';

const useStyles = makeStyles({
  row: { display: 'flex', columnGap: '8px' },
  add: { flexShrink: 0, minWidth: '80px' },
  below: { marginTop: '4px' },
  colleagues: { marginTop: '12px' },
});

export interface RecipientFieldProps {
  /** Puts them into the mail; why not, or null when that is under way. Names as they are known. */
  readonly add: (recipients: readonly RecipientId[], names: ReadonlyMap<string, string>) => TextRef | null;
  readonly hint: boolean;
  /** Whether many may be sent to from here. */
  readonly toMany: boolean;
  /** Numbers that are in the mail: nobody is offered twice. */
  readonly there: ReadonlySet<string>;
  readonly field: RefObject<HTMLInputElement | null>;
  /** Is told whether something stands in the field that is in no mail, and whoever wrote it is elsewhere or has been told why. */
  readonly tellLeft: (isLeft: boolean) => void;
}

/** The `data-card` of the field, while something that is in no mail is left in it. */
export const FIELD_CARD = 'recipient-field';

/** One field for numbers, names and pasted lists (ux.md 5.1). What is not understood stays in it, selected. */
export function RecipientField({ add, hint, toMany, there, field, tellLeft }: RecipientFieldProps): ReactElement {
  const styles = useStyles();
  const shared = useComposeStyles();
  const say = useText(compose);
  const sayRef = useSayRef();
  const id = useId();
  const { typed, setTyped, fault, submit, choose, putZero, many, note, addAll, onPaste } = useTyped(add, field, toMany);
  const list = useList(typed, there);
  const { announce } = usePaneParts();
  const faults = [...(fault ? [sayRef(fault.text)] : []), ...(fault?.zero ? [say('to.bad.zero')] : [])];
  // Focus is in the field already, so that its description alone would not be read again.
  useEffect(() => {
    if (faults.length > 0) announce(faults.join(' '));
  }, [fault]);
  const { isLeft, ...within } = useLeft(typed, faults.length > 0, tellLeft);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') {
      event.preventDefault();
      const chosen = list.suggestions[list.active];
      if (chosen) choose(chosen);
      else submit();
    } else list.onKeyDown(event);
  };
  return (
    <div data-card={isLeft ? FIELD_CARD : undefined} {...within}>
      <label className={shared.label} htmlFor={`${id}-field`}>{say('to.label')}</label>
      <div className={styles.row}>
        <input
          id={`${id}-field`} ref={field} data-card-heading className={shared.field} type="text" autoComplete="off" spellCheck={false} inputMode="text" value={typed}
          role="combobox" aria-autocomplete="list" aria-expanded={list.open} aria-controls={`${id}-list`}
          aria-activedescendant={list.open && list.active >= 0 ? optionId(`${id}-list`, list.active) : undefined}
          aria-invalid={fault ? true : undefined} aria-describedby={`${id}-below`}
          onChange={(event) => setTyped(event.target.value)} onKeyDown={onKeyDown} onPaste={onPaste}
        />
        <Button className={styles.add} onClick={submit}>{say('to.add')}</Button>
      </div>
      <ManyNote pasted={many} addAll={addAll} first={note} />
      {list.open && <SuggestionList id={`${id}-list`} suggestions={list.suggestions} active={list.active} choose={choose} />}
      <Below id={`${id}-below`} faults={faults} isLeft={isLeft} hint={hint && !list.open} putZero={fault?.zero ? putZero : null} />
    </div>
  );
}

interface BelowProps {
  readonly id: string;
  readonly faults: readonly string[];
  readonly isLeft: boolean;
  /** What may be typed here and what not; gives way to suggestions. */
  readonly hint: boolean;
  readonly putZero: (() => void) | null;
}

function Below({ id, faults, isLeft, hint, putZero }: BelowProps): ReactElement {
  const styles = useStyles();
  const shared = useComposeStyles();
  const say = useText(compose);
  return (
    <>
      <div id={id} className={styles.below}>
        {faults.map((text) => <SmallState key={text} state="stop" text={text} />)}
        {isLeft && faults.length === 0 && <SmallState state="look" text={say('to.left')} />}
        {hint && faults.length === 0 && <p className={shared.small}>{say('to.hint')}</p>}
      </div>
      {putZero && <Link onClick={putZero}>{say('to.fix.zero')}</Link>}
      {hint && <p className={mergeClasses(shared.small, styles.colleagues)}>{say('to.empty')}</p>}
    </>
  );
}

/** Lines that are pasted stay apart: a field of one line would run their numbers together. */
function pasteLines(event: ClipboardEvent<HTMLInputElement>, setTyped: (text: string) => void): void {
  const text = event.clipboardData.getData('text');
  if (!/[\r\n]/.test(text.trim())) return;
  event.preventDefault();
  const { value, selectionStart, selectionEnd } = event.currentTarget;
  const lines = text.split(/[\r\n]+/).map((one) => one.trim()).filter((one) => one !== '').join(', ');
  setTyped(`${value.slice(0, selectionStart ?? 0)}${lines}${value.slice(selectionEnd ?? 0)}`);
}

/** Whether what was typed is left there: it was not understood, or the writer has gone elsewhere without adding it. */
function useLeft(typed: string, isFaulty: boolean, tellLeft: RecipientFieldProps['tellLeft']) {
  const [isWithin, setWithin] = useState(false);
  const isLeft = isFaulty || (typed.trim() !== '' && !isWithin);
  useEffect(() => tellLeft(isLeft), [tellLeft, isLeft]);
  return {
    isLeft,
    onFocus: () => setWithin(true),
    onBlur: ({ currentTarget, relatedTarget }: FocusEvent): void => setWithin(currentTarget.contains(relatedTarget as Node | null)),
  };
}

interface Fault {
  readonly text: TextRef;
  /** The number with the zero in front that a table may have lost. */
  readonly zero: string | null;
}

function useTyped(add: RecipientFieldProps['add'], field: RefObject<HTMLInputElement | null>, toMany: boolean) {
  const [typed, setText] = useState('');
  const [fault, setFault] = useState<Fault | null>(null);
  const [many, setMany] = useState<ManyPasted | null>(null);
  const note = useRef<HTMLButtonElement>(null);
  // What was not understood stays, selected, so that typing replaces it.
  useEffect(() => {
    if (fault) field.current?.select();
  }, [fault, field]);
  const setTyped = (text: string): void => {
    setText(text);
    setFault(null);
    setMany(null);
  };
  const take = (text: string, names: ReadonlyMap<string, string> = new Map()): void => {
    const read = readTypedNumbers(text);
    const refused = read.numbers.length > 0 ? add(read.numbers, names) : null;
    setText(refused ? typed : read.rest);
    setMany(null);
    setFault(refused ? { text: refused, zero: null } : faultOf(read.fault));
    field.current?.focus();
  };
  return {
    typed, setTyped, fault, many, note,
    addAll: () => take(typed),
    onPaste: (event: ClipboardEvent<HTMLInputElement>) => {
      const pasted = toMany ? manyPasted(event.clipboardData.getData('text')) : null;
      pasteLines(event, setTyped);
      setMany(pasted);
    },
    // What is asked in the note is answered there: nobody is added before.
    submit: () => (many ? note.current?.focus() : take(typed)),
    choose: ({ recipient, name }: Suggestion) => take(recipient.number, new Map([[recipient.number, name]])),
    // What else was not understood stays behind it.
    putZero: () => void (fault?.zero && take([fault.zero, ...typed.split(', ').slice(1)].join(', '))),
  };
}

function faultOf(fault: TypedFault | null): Fault | null {
  if (fault === null) return null;
  if (fault.kind === 'text') return { text: { key: 'to.bad.text' }, zero: null };
  if (fault.kind === 'maybe-cvr') return { text: { key: 'to.bad.eight' }, zero: null };
  return { text: { key: 'to.bad.digits', parameters: { n: fault.count } }, zero: fault.withZero };
}

/** Which suggestion the arrows stand on; Esc shuts the list until something else is typed. */
function useList(typed: string, there: ReadonlySet<string>) {
  const { announce } = usePaneParts();
  const sayFrame = useText(frame);
  const suggestions = useSuggestions(typed).filter(({ recipient }) => !there.has(recipient.number));
  const [active, setActive] = useState(-1);
  const [shutFor, setShutFor] = useState('');
  const open = suggestions.length > 0 && typed.trim() !== '' && shutFor !== typed;
  const announced = useRef(0);
  useEffect(() => {
    setActive(-1);
    if (open && suggestions.length !== announced.current) announce(sayFrame('live.list', { n: suggestions.length }));
    announced.current = open ? suggestions.length : 0;
  }, [open, suggestions.length, typed]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!open) return;
    const steps: Readonly<Partial<Record<string, number>>> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined) setActive((at) => Math.max(-1, Math.min(suggestions.length - 1, at + step)));
    else if (event.key === 'Escape') setShutFor(typed);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return { suggestions, active, open, onKeyDown };
}
