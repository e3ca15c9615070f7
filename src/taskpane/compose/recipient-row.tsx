import { makeStyles, mergeClasses } from '@fluentui/react-components';
import { Dismiss20Regular } from '@fluentui/react-icons/svg/dismiss';
import { Fragment, useId, type ReactElement } from 'react';
import type { ContactPointsAnswer } from '../../domain/gateway-api.ts';
import { Button } from '../parts/button.tsx';
import { Fixes } from '../parts/card.tsx';
import { MaskedNumber, type ShownNumber } from '../parts/masked-number.tsx';
import { usePaneParts } from '../pane-parts.ts';
import { StateIcon } from '../parts/state-icon.tsx';
import { compose } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { useComposeStyles } from './compose-styles.ts';
import { isDigitalRow } from './read-recipients.ts';
import type { RowFix } from './recipient-states.ts';
import { rowMark } from './row-mark.ts';
import type { ShownRow } from './use-compose.ts';
import { useSayRef } from './use-say-ref.ts';
import { tokens } from '../parts/tokens.ts';

const useStyles = makeStyles({
  row: { display: 'flex', columnGap: '10px', padding: '8px 0' },
  body: { minWidth: 0, flexGrow: 1, overflowWrap: 'anywhere' },
  name: { margin: 0, fontSize: 'inherit', lineHeight: 'inherit', fontWeight: tokens.fontWeightSemibold, outlineOffset: '2px' },
  status: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: '4px', minHeight: '24px' },
  point: { marginTop: '6px' },
  remove: {
    flexShrink: 0, alignSelf: 'flex-start', display: 'inline-flex', alignItems: 'center', justifyContent: 'center', width: '32px', height: '32px', padding: 0,
    border: '1px solid transparent', borderRadius: tokens.borderRadiusMedium, background: 'none', color: tokens.colorNeutralForeground1, cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
    '@media (forced-colors: active)': { border: '1px solid ButtonText' },
  },
});

/** The contact points of a company or an authority. */
export type RecipientPoints = ContactPointsAnswer['contactPoints'];

export interface RecipientRowProps {
  readonly shown: ShownRow;
  readonly points: RecipientPoints;
  readonly number: ShownNumber;
  readonly fix: (fix: RowFix) => void;
  readonly remove: () => void;
  readonly choosePoint: (contactPoint: string | null) => void;
}

const fixTexts = {
  'again': 'row.fix.again', 'fetch': 'row.fix.fetch', 'address': 'row.fix.address', 'name': 'row.fix.name', 'new-number': 'row.fix.newNumber', 'cvr-number': 'row.fix.cvr', 'approve': 'row.approve', 'to-bcc': 'row.fix.toBcc', 'remove': 'row.remove',
} as const;

/** One recipient: who, by what, how it stands, and what can be done about it. */
export function RecipientRow({ shown, points, number, fix, remove, choosePoint }: RecipientRowProps): ReactElement {
  const { row, state } = shown;
  const styles = useStyles();
  const shared = useComposeStyles();
  const say = useText(compose);
  const sayRef = useSayRef();
  const notesId = useId();
  const name = sayRef(state.name);
  return (
    <div className={styles.row} data-card={state.grade === null ? undefined : rowMark(row.key)} data-grade={state.grade ?? undefined} data-row={rowMark(row.key)}>
      <StateIcon state={state.icon} />
      <div className={styles.body}>
        <WhoAndHow shown={shown} name={name} notesId={notesId} number={number} />
        <div id={notesId}>{state.notes.map((note) => <p key={sayRef(note)} className={shared.text}>{sayRef(note)}</p>)}</div>
        {points.length > 0 && isDigitalRow(row) && (
          <PointSelect points={points} chosen={row.address.recipientContactPoint} name={name} choose={choosePoint} />
        )}
        {row.kind === 'mass' && <MassOpen />}
        <Fixes describedBy={notesId} fixes={state.fixes.map((one) => ({ label: say(fixTexts[one]), act: () => fix(one) }))} />
      </div>
      {state.fixes.length === 0 && (
        <button type="button" className={styles.remove} aria-label={say('row.removeName', { name })} onClick={remove}><Dismiss20Regular aria-hidden /></button>
      )}
    </div>
  );
}

/** Who is on the list. */
function MassOpen(): ReactElement {
  const say = useText(compose);
  const { go } = usePaneParts();
  return <Button id="mass-open" size="small" onClick={() => go('mass')}>{say('row.massOpen')}</Button>;
}

interface WhoAndHowProps extends Pick<RecipientRowProps, 'shown' | 'number'> {
  readonly name: string;
  readonly notesId: string;
}

/** The name, and under it by what they get it and the number; of somebody without a name the number stands in its place. */
function WhoAndHow({ shown: { row, state }, name, notesId, number }: WhoAndHowProps): ReactElement {
  const styles = useStyles();
  const shared = useComposeStyles();
  const sayRef = useSayRef();
  const cpr = isDigitalRow(row) && row.address.recipient.kind === 'cpr' ? row.address.recipient.number : null;
  const masked = cpr === null ? state.number : <MaskedNumber cpr={cpr} name={name} id={row.key} shown={number} />;
  const isNameless = cpr !== null && state.number === null;
  const below = [state.status && sayRef(state.status), isNameless ? null : masked].filter((part) => part !== null);
  return (
    <>
      <h3 className={styles.name} tabIndex={-1} data-card-heading aria-describedby={notesId}>{isNameless ? masked : name}</h3>
      {below.length > 0 && (
        <div className={mergeClasses(shared.small, styles.status)}>
          {below.map((part, n) => <Fragment key={n}>{n > 0 && <span>·</span>}<span>{part}</span></Fragment>)}
        </div>
      )}
    </>
  );
}

interface PointSelectProps {
  readonly points: RecipientPoints;
  readonly chosen: string | null;
  readonly name: string;
  readonly choose: (contactPoint: string | null) => void;
}

/** The desk with the recipient; one that it no longer tells of stays chosen until somebody chooses another. */
function PointSelect({ points, chosen, name, choose }: PointSelectProps): ReactElement {
  const styles = useStyles();
  const shared = useComposeStyles();
  const say = useText(compose);
  const id = useId();
  const isKnown = chosen === null || points.some((point) => point.id.toLowerCase() === chosen);
  return (
    <div className={styles.point}>
      <label className={shared.small} htmlFor={id}>{say('row.point')}</label>
      <select id={id} className={shared.field} value={chosen ?? ''} aria-label={`${say('row.point')}: ${name}`} onChange={(event) => choose(event.target.value || null)}>
        <option value="">{say('row.pointAny')}</option>
        {!isKnown && <option value={chosen}>{chosen}</option>}
        {points.map((point) => <option key={point.id} value={point.id.toLowerCase()}>{point.name}</option>)}
      </select>
    </div>
  );
}
