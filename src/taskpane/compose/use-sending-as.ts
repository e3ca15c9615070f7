import { useCallback, useEffect, useRef, useState } from 'react';
import type { MeAnswer } from '../../domain/gateway-api.ts';
import { usePaneParts } from '../pane-parts.ts';
import type { RecipientRow } from './read-recipients.ts';
import { readLastUsed, sendersChoiceName, writeLastUsed, type Mailbox } from './sender-choice.ts';
import { noWish, readWish, sendingOf, WISH_STATE, writeWish, type DraftSending, type Wish } from './sending-as.ts';

/** The same, and what changes it. */
export interface SendingAs extends DraftSending {
  readonly lastUsed: readonly string[];
  readonly wished: Wish;
  /** What was chosen before is read: nobody is sent to as somebody else because it came late. */
  readonly isRead: boolean;
  readonly wish: (part: Partial<Wish>) => void;
  /** The sender was chosen: the next draft from this mailbox begins with it. */
  readonly rememberSender: (key: string) => void;
}

export function useSendingAs(me: MeAnswer | null, mailbox: Mailbox | null, rows: readonly RecipientRow[]): SendingAs {
  const [wished, wish, isWishRead] = useWish();
  const [lastUsed, rememberSender, isLastRead] = useLastUsed(mailbox);
  return { ...sendingOf({ me, mailbox, rows, wished, lastUsed }), lastUsed, wished, isRead: isWishRead && isLastRead, wish, rememberSender };
}

function useWish(): readonly [Wish, (part: Partial<Wish>) => void, boolean] {
  const { outlook } = usePaneParts();
  const [wished, setWished] = useState(noWish);
  const [isRead, setRead] = useState(false);
  const latest = useRef(noWish);
  const take = useCallback((next: Wish) => {
    latest.current = next;
    setWished(next);
  }, []);
  useEffect(() => {
    void outlook.draftState(WISH_STATE).then((text) => latest.current === noWish && take(readWish(text)), () => undefined).finally(() => setRead(true));
  }, [outlook, take]);
  const wish = useCallback((part: Partial<Wish>) => {
    take({ ...latest.current, ...part });
    void outlook.setDraftState(WISH_STATE, writeWish(latest.current)).catch(() => undefined);
  }, [outlook, take]);
  return [wished, wish, isRead];
}

function useLastUsed(mailbox: Mailbox | null): readonly [readonly string[], (key: string) => void, boolean] {
  const { remembered } = usePaneParts();
  const [lastUsed, setLastUsed] = useState<{ readonly name: string; readonly keys: readonly string[] }>({ name: '', keys: [] });
  const name = mailbox && sendersChoiceName(mailbox);
  useEffect(() => {
    if (name === null) return;
    void remembered.choice(name).then((text) => setLastUsed({ name, keys: readLastUsed(text) }));
  }, [remembered, name]);
  const keys = lastUsed.name === name ? lastUsed.keys : [];
  const remember = useCallback((key: string) => {
    if (name === null) return;
    const text = writeLastUsed(key, keys);
    setLastUsed({ name, keys: readLastUsed(text) });
    void remembered.keepChoice(name, text);
  }, [remembered, name, keys.join(' ')]);
  return [keys, remember, lastUsed.name === name];
}
