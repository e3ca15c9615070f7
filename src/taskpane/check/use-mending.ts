import { useCallback, useEffect, useRef, useState } from 'react';
import type { FileMender } from './file-mender.ts';
import { loadJudgement } from './load-judgement.ts';
import { nothingMended, type MenderState } from './mender-state.ts';
import type { MendingAt } from './open-mender.ts';

export interface Mending extends MenderState {
  /** Lets the mender of this draft do something; it is fetched with what judges the draft. */
  readonly use: <Result>(act: (mender: FileMender) => Promise<Result>) => Promise<Result>;
}

/** What is mended in this draft, and by whom. What the files were is held in this pane's memory only. */
export function useMending(at: MendingAt): Mending {
  const { outlook } = at.parts;
  const [state, setState] = useState(nothingMended);
  const latest = useRef(at);
  latest.current = at;
  const mender = useRef<FileMender | null>(null);

  useEffect(() => {
    const forget = (): void => mender.current?.forget();
    const stop = outlook.onChange((change) => change === 'item' && forget());
    return () => {
      stop();
      forget();
    };
  }, [outlook]);

  const use = useCallback<Mending['use']>(async (act) => {
    const { openMender } = await loadJudgement();
    mender.current ??= openMender(() => latest.current, setState);
    return await act(mender.current);
  }, []);
  return { ...state, use };
}
