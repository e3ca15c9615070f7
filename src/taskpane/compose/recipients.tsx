import { makeStyles } from '@fluentui/react-components';
import { ChevronDown20Regular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronUp20Regular } from '@fluentui/react-icons/svg/chevron-up';
import { useState, type ReactElement, type RefObject } from 'react';
import { massMailbox } from '../mass/mass-mailbox.ts';
import { usePaneParts } from '../pane-parts.ts';
import { useShownNumber } from '../parts/masked-number.tsx';
import { compose, frame } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { useComposeStyles } from './compose-styles.ts';
import { foldedRows } from './folded-rows.ts';
import { isDigitalRow } from './read-recipients.ts';
import { RecipientField } from './recipient-field.tsx';
import { RecipientRow } from './recipient-row.tsx';
import { SmallState } from './small-state.tsx';
import type { Compose } from './use-compose.ts';
import type { ContactPoints } from './use-contact-points.ts';
import type { RecipientActs } from './use-recipient-acts.ts';
import { Link } from '../parts/link.tsx';
import { tokens } from '../parts/tokens.ts';

const useStyles = makeStyles({
  many: { display: 'block', marginTop: '8px' },
  list: { listStyleType: 'none', margin: '8px 0 0', padding: 0, '& > li + li': { borderTop: `1px solid ${tokens.colorNeutralStroke3}` } },
  fold: {
    display: 'flex', alignItems: 'center', columnGap: '8px', width: '100%', minHeight: '32px', marginTop: '8px', padding: 0, border: 0, background: 'none', font: 'inherit',
    color: 'inherit', textAlign: 'left', cursor: 'pointer',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  bulk: { display: 'flex', flexDirection: 'column', alignItems: 'flex-start', rowGap: '4px', marginTop: '4px' },
});

export interface RecipientsProps {
  readonly state: Compose;
  readonly acts: RecipientActs;
  readonly points: ContactPoints;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly tellLeft: (isLeft: boolean) => void;
}

/** Modtagere: the field, a row for each recipient in the order in which they stand in the mail, and what can be done to several. */
export function Recipients({ state, acts, points, field, tellLeft }: RecipientsProps): ReactElement {
  const styles = useStyles();
  const { go } = usePaneParts();
  const shared = useComposeStyles();
  const say = useText(compose);
  const isEmpty = state.rows.length === 0 && acts.notTaken.length === 0;
  const toMany = state.me !== null && massMailbox(state.me, state.draft.from?.address ?? null) !== null && !state.read.some(({ kind }) => kind === 'mass');
  const there = new Set(state.read.filter(isDigitalRow).map(({ address }) => address.recipient.number));
  return (
    <section className={shared.section} aria-labelledby="recipients-title">
      <h2 className={shared.heading} id="recipients-title">{say('to.h')}</h2>
      {!state.noRight && <RecipientField add={acts.add} hint={isEmpty} toMany={toMany} there={there} field={field} tellLeft={tellLeft} />}
      {toMany && state.read.length <= 1 && <Link id="to-many" className={styles.many} onClick={() => go('mass')}>{say('to.massLink')}</Link>}
      {state.writer.failed && <SmallState state="stop" text={say('to.failed')} isAlert />}
      <Rows state={state} points={points} acts={acts} />
      <Bulk state={state} acts={acts} />
    </section>
  );
}

interface RowsProps {
  readonly state: Compose;
  readonly points: ContactPoints;
  readonly acts: RecipientActs;
}

function Rows({ state, points, acts }: RowsProps): ReactElement | null {
  const styles = useStyles();
  const say = useText(compose);
  const number = useShownNumber();
  const [unfolded, setUnfolded] = useState(false);
  const all = [...state.rows, ...acts.notTaken];
  if (all.length === 0) return null;
  const well = foldedRows(all);
  const folds = well.length > 0;
  const shown = folds && !unfolded ? all.filter((one) => !well.includes(one)) : all;
  return (
    <>
      {folds && (
        <button type="button" className={styles.fold} aria-expanded={unfolded} aria-controls="recipient-rows" onClick={() => setUnfolded(!unfolded)}>
          {unfolded ? <ChevronUp20Regular aria-hidden /> : <ChevronDown20Regular aria-hidden />}
          {/* Nobody is said to get it before that is known. */}
          {well.some(({ state: { icon } }) => icon === 'checking') ? say('row.checking') : say('row.fold', { n: well.length })}
        </button>
      )}
      <ul className={styles.list} id="recipient-rows">
        {shown.map((one) => (
          <li key={one.row.key}>
            <RecipientRow
              shown={one} points={isDigitalRow(one.row) ? points.of(one.row) : []} number={number}
              fix={(fix) => acts.fix(one, fix)} remove={() => acts.remove(one)} choosePoint={(point) => isDigitalRow(one.row) && acts.choosePoint(one.row, point)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

function Bulk({ state, acts }: Omit<RowsProps, 'points'>): ReactElement | null {
  const styles = useStyles();
  const shared = useComposeStyles();
  const say = useText(compose);
  const sayFrame = useText(frame);
  const unreachable = state.rows.filter(({ row, state: { grade, gets } }) => isDigitalRow(row) && grade === 'look' && !gets);
  const unapproved = state.rows.filter(({ state: { fixes } }) => fixes.includes('approve'));
  const { done } = acts;
  return (
    <div className={styles.bulk}>
      {unreachable.length > 1 && <Link onClick={() => acts.removeAll(unreachable)}>{say('more.removeUnreachable', { n: unreachable.length })}</Link>}
      {unapproved.length > 1 && state.guard.approve && <Link onClick={() => acts.approveAll(unapproved)}>{say('more.approveAll')}</Link>}
      {done && (
        <p className={shared.small}>
          {done.text} <Link aria-label={`${sayFrame('undo')}: ${done.text}`} onClick={done.undo}>{sayFrame('undo')}</Link>
        </p>
      )}
    </div>
  );
}
