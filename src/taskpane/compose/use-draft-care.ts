import { useContext, useEffect, useRef } from 'react';
import type { MeAnswer } from '../../domain/gateway-api.ts';
import { usePaneParts } from '../pane-parts.ts';
import { WordsContext } from '../texts/use-text.ts';
import { renameRow } from './change-recipients.ts';
import { isDigitalRow } from './read-recipients.ts';
import { wantedDisplayName } from './row-acts.ts';
import type { Compose } from './use-compose.ts';

/**
 * Display names follow what is known: the name once a register has told it, and never a CPR number or a protected name.
 * Done quietly, and only while the pane has focus, so that nobody who is writing in Outlook's own fields is disturbed.
 */
export function useDisplayNames({ rows, writer }: Compose): void {
  // By row, so that whoever is taken out and put in again is begun with anew.
  const tried = useRef(new Map<string, string>());
  useEffect(() => {
    for (const key of tried.current.keys()) if (!rows.some(({ row }) => row.key === key)) tried.current.delete(key);
  });
  const wanted = rows.flatMap(({ row, check }) => {
    const name = isDigitalRow(row) ? wantedDisplayName(row, check) : null;
    return name === null ? [] : [{ key: row.key, from: row.recipient.displayName, name }];
  });
  useEffect(() => {
    const mend = (): void => {
      const open = wanted.filter((one) => tried.current.get(one.key) !== JSON.stringify(one));
      if (open.length === 0 || !document.hasFocus()) return;
      // Outlook may keep a name of its own; then it is not tried again.
      for (const one of open) tried.current.set(one.key, JSON.stringify(one));
      void writer.writeQuietly((now, found) => found.flatMap((row) => {
        const one = open.find(({ key, from }) => key === row.key && from === row.recipient.displayName);
        return one ? renameRow(now, row, one.name) : [];
      }));
    };
    mend();
    window.addEventListener('focus', mend);
    return () => window.removeEventListener('focus', mend);
  }, [JSON.stringify(wanted), writer]);
}

/** The name under which the Smart Alert finds what it must know without a network. */
const ALERT_STATE = 'postbro';

/**
 * Tells the Smart Alert, which has no network, what the organisation is called and who is inside it; and its words in the
 * language of the pane, where that is not Danish, which it has itself (commands/kept-for-alert.ts).
 */
export function useToldToAlert(me: MeAnswer | null): void {
  const { outlook } = usePaneParts();
  const { language, texts } = useContext(WordsContext);
  const words = texts && Object.fromEntries(Object.entries(texts).filter(([key]) => /^(?:alert|short|addr)\./.test(key)));
  const told = me && { home: me.organisation.home, mailDomains: me.organisation.mailDomains, ...(words && { language, words }) };
  useEffect(() => {
    if (told) void outlook.setMailboxState({ [ALERT_STATE]: told }).catch(() => undefined);
  }, [outlook, JSON.stringify(told)]);
}
