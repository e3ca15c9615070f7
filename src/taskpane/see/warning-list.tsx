import { makeStyles } from '@fluentui/react-components';
import { useId, useRef, useState, type FormEvent, type ReactElement } from 'react';
import { useComposeStyles } from '../compose/compose-styles.ts';
import { usePaneParts } from '../pane-parts.ts';
import { Button } from '../parts/button.tsx';
import { Card, type ShownCard } from '../parts/card.tsx';
import { fixedWords } from '../parts/fixed-words.ts';
import { focusCard } from '../parts/focus-card.ts';
import { Link } from '../parts/link.tsx';
import { StateIcon } from '../parts/state-icon.tsx';
import { tokens } from '../parts/tokens.ts';
import { frame, see } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import type { AccessKind, AccessWarning } from './access/letter-access.ts';
import type { SeenLetter } from './letter-of-draft.ts';
import type { Warnings } from './use-warnings.ts';

const useStyles = makeStyles({
  section: { padding: '12px 16px', borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  title: { margin: '0 0 4px', fontSize: 'inherit', fontWeight: tokens.fontWeightSemibold, outlineStyle: 'none' },
  words: { paddingTop: '8px' },
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  picture: { display: 'block', maxWidth: '100%', maxHeight: '120px', marginBottom: '8px', backgroundColor: '#fff' },
  mended: { display: 'flex', columnGap: '10px', alignItems: 'baseline', margin: 0, padding: '4px 0', fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground2 },
  grow: { flexGrow: 1, minWidth: 0 },
  link: { fontSize: 'inherit' },
  failed: { display: 'flex', columnGap: '10px', margin: 0 },
});

/** Words that only a person can write, and what they are asked. */
const askedFor = { alt: 'see.alt.words', link: 'see.link.words' } as const;

function questionFor(kind: AccessKind): (typeof askedFor)[keyof typeof askedFor] | null {
  return kind === 'alt' || kind === 'link' ? askedFor[kind] : null;
}

/** What makes the letter hard to read, a card each, with what mends it in the mail; nothing where all is well. */
export function WarningList({ state, letter }: { readonly state: Warnings; readonly letter: SeenLetter | null }): ReactElement | null {
  const styles = useStyles();
  const say = useText(see);
  const title = useRef<HTMLHeadingElement>(null);
  const { asked, setAsked, mend, undo } = useMending(state, () => title.current?.focus());
  const { warnings, mended, failed } = state;
  if (warnings.length === 0 && mended === null && !failed) return null;
  return (
    <section className={styles.section} aria-labelledby="see-warnings">
      <h2 className={styles.title} id="see-warnings" tabIndex={-1} ref={title}>{say(warnings.length === 0 ? 'see.warn0' : warnings.length === 1 ? 'see.warn1' : 'see.warn', { n: warnings.length })}</h2>
      {warnings.map((warning) => (
        <Card key={warning.key} card={cardOf(warning, say, () => (questionFor(warning.kind) ? setAsked(warning.key) : mend(warning, '')))}>
          {asked === warning.key && <Words warning={warning} letter={letter} save={(words) => mend(warning, words)} />}
        </Card>
      ))}
      {mended && <MendedLine text={say('see.mended', { what: say(`see.${mended.kind}`) })} undo={undo} />}
      {failed && <p role="alert" className={styles.failed}><StateIcon state="stop" /><span>{say('see.fixFailed')}</span></p>}
    </section>
  );
}

interface Mending {
  /** The key of the one whose words are being written. */
  readonly asked: string | null;
  readonly setAsked: (key: string) => void;
  readonly mend: (warning: AccessWarning, words: string) => void;
  readonly undo: () => void;
}

/** Mends, says so to those who do not see it, and moves the focus to what is next, as the pressed button goes. */
function useMending(state: Warnings, focusTitle: () => void): Mending {
  const { announce } = usePaneParts();
  const say = useText(see);
  const sayFrame = useText(frame);
  const [asked, setAsked] = useState<string | null>(null);
  const mend = (warning: AccessWarning, words: string): void => void state.mend(warning, words).then((done) => {
    if (!done) return;
    setAsked(null);
    const place = state.warnings.findIndex(({ key }) => key === warning.key);
    const next = state.warnings[place + 1] ?? state.warnings[place - 1];
    const fixed = fixedWords({ what: say(`see.${warning.kind}`), next: next ? say(`see.${next.kind}`) : null }, sayFrame);
    announce(next ? fixed : `${fixed} ${say('see.warn0')}`);
    if (!next || !focusCard(next.key)) focusTitle();
  });
  const undo = (): void => void state.undo().then(() => {
    announce(say('see.undone'));
    focusTitle();
  });
  return { asked, setAsked, mend, undo };
}

function cardOf({ key, kind, quote }: AccessWarning, say: ReturnType<typeof useText<typeof see>>, act: () => void): ShownCard {
  return {
    key, grade: 'look', gradeText: say('see.look'), text: say(`see.${kind}`),
    quote: quote === null ? null : { before: quote, found: '', after: '' },
    advice: kind === 'pale' ? say('see.pale.why') : null,
    fixes: [{ label: say(`see.${kind}.fix`), act }],
  };
}

interface WordsProps {
  readonly warning: AccessWarning;
  readonly letter: SeenLetter | null;
  readonly save: (words: string) => void;
}

/** Words that only a person can write, asked for where they are missing; of a picture, with the picture. */
function Words({ warning, letter, save }: WordsProps): ReactElement | null {
  const styles = useStyles();
  const { label, field } = useComposeStyles();
  const say = useText(see);
  const id = useId();
  const [words, setWords] = useState('');
  const question = questionFor(warning.kind);
  if (question === null) return null;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (words.trim() !== '') save(words);
  };
  const picture = pictureOf(warning, letter);
  return (
    <form className={styles.words} onSubmit={submit}>
      {picture !== null && <img className={styles.picture} src={picture} alt="" />}
      <label className={label} htmlFor={id}>{say(question)}</label>
      <div className={styles.row}>
        <input id={id} className={field} value={words} maxLength={WORDS_MAX} autoComplete="off" autoFocus onChange={({ target }) => setWords(target.value)} />
        <Button type="submit" disabledFocusable={words.trim() === ''}>{say('see.save')}</Button>
      </div>
    </form>
  );
}

/** Characters: a description is a sentence or two. */
const WORDS_MAX = 300;

/** As an address that the pane's policy allows; null where the letter has no such picture. */
function pictureOf({ picture }: AccessWarning, letter: SeenLetter | null): string | null {
  if (picture === null) return null;
  if (/^data:image\//i.test(picture)) return picture;
  const contentId = /^cid:(.+)$/i.exec(picture)?.[1];
  const found = letter?.pictures.find((one) => one.contentId === contentId);
  return found ? `data:${found.type};base64,${found.content}` : null;
}

function MendedLine({ text, undo }: { readonly text: string; readonly undo: () => void }): ReactElement {
  const styles = useStyles();
  const sayFrame = useText(frame);
  return (
    <p className={styles.mended}>
      <span className={styles.grow}>{text}</span>
      <Link className={styles.link} aria-label={`${sayFrame('undo')}: ${text}`} onClick={undo}>{sayFrame('undo')}</Link>
    </p>
  );
}
