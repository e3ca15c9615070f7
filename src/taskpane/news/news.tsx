import { makeStyles } from '@fluentui/react-components';
import { useContext, useEffect, useId, useState, type ReactElement } from 'react';
import type { NewsAnswer } from '../../domain/gateway-api.ts';
import type { Answer } from '../gateway/gateway.ts';
import { usePaneParts } from '../pane-parts.ts';
import { noAnswerText } from '../parts/no-answer-text.ts';
import { ScreenHead } from '../parts/screen-head.tsx';
import { noonOf, shownTime } from '../parts/shown-time.ts';
import { tokens } from '../parts/tokens.ts';
import { frame, news } from '../texts/da.ts';
import { useLocale, useText, WordsContext } from '../texts/use-text.ts';
import { newsList, type Note } from './news-list.ts';
import { keepSeenDay, seenDay } from './seen-day.ts';
import { SignUp } from './sign-up.tsx';

const useStyles = makeStyles({
  part: { padding: '12px 16px', '& + &': { borderTop: `1px solid ${tokens.colorNeutralStroke2}` } },
  heading: { margin: 0, fontSize: 'inherit', fontWeight: tokens.fontWeightSemibold },
  text: { margin: 0 },
  alone: { margin: 0, padding: '12px 16px' },
  note: { paddingTop: '12px' },
  day: { margin: 0, fontSize: tokens.fontSizeBase200, lineHeight: tokens.lineHeightBase200, color: tokens.colorNeutralForeground2 },
});

/** Nyheder: what is new in the add-in, with what came since the last look first, and news by mail (ux.md 5.14). */
export default function News(): ReactElement {
  const styles = useStyles();
  const say = useText(news);
  const sayFrame = useText(frame);
  const time = shownTime(useLocale());
  const { back } = usePaneParts();
  const answer = useNews();
  return (
    <>
      <ScreenHead title={sayFrame('foot.news')} back={back} />
      {answer === null && <p className={styles.alone}>{sayFrame('loading')}</p>}
      {answer?.kind === 'answer' && <Told answer={answer.value} />}
      {answer !== null && answer.kind !== 'answer' && <p className={styles.alone}>{noAnswerText(answer, sayFrame, time) ?? say('news.notNow')}</p>}
    </>
  );
}

/** Asked once, and again when the gateway is back; null: it has not answered. */
function useNews(): Answer<NewsAnswer> | null {
  const { gateway, account: { connection }, noteAnswer } = usePaneParts();
  const [answer, setAnswer] = useState<Answer<NewsAnswer> | null>(null);
  const asksAgain = connection === 'there' && answer?.kind !== 'answer';
  useEffect(() => {
    let shut = false;
    void (async () => {
      const told = await (await gateway.newsCalls()).news();
      if (shut) return;
      setAnswer((before) => (before?.kind === 'answer' ? before : told));
      if (told.kind !== 'answer') noteAnswer(told);
    })();
    return () => {
      shut = true;
    };
  }, [gateway, noteAnswer, asksAgain]);
  return answer;
}

function Told({ answer }: { readonly answer: NewsAnswer }): ReactElement {
  const styles = useStyles();
  const say = useText(news);
  // As it was when one came: what is being read does not move.
  const [seen] = useState(seenDay);
  const { fresh, earlier, newest } = newsList(answer, seen);
  useEffect(() => {
    if (newest !== null) keepSeenDay(newest);
  }, [newest]);
  return (
    <>
      {fresh.length > 0 ? <Notes title={say('news.new')} notes={fresh} /> : <p className={styles.alone}>{say('news.none')}</p>}
      {earlier.length > 0 && <Notes title={say('news.before')} notes={earlier} />}
      {answer.signUp && <SignUp />}
    </>
  );
}

function Notes({ title, notes }: { readonly title: string; readonly notes: readonly Note[] }): ReactElement {
  const styles = useStyles();
  const id = useId();
  const time = shownTime(useLocale());
  const { language } = useContext(WordsContext);
  // Notes are written in Danish and English.
  const spoken = language === 'en' ? 'en' : 'da';
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h2 className={styles.heading} id={id}>{title}</h2>
      {notes.map((note) => (
        <article key={note.id} className={styles.note}>
          <h3 className={styles.heading} lang={spoken}>{note.words[spoken].title}</h3>
          <p className={styles.day}><time dateTime={note.date}>{time.day(noonOf(note.date))}</time></p>
          <p className={styles.text} lang={spoken}>{note.words[spoken].text}</p>
        </article>
      ))}
    </section>
  );
}
