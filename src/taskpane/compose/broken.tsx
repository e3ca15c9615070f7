import type { ReactElement } from 'react';
import { Button } from '../parts/button.tsx';
import { frame } from '../texts/da.ts';
import { useText } from '../texts/use-text.ts';
import { useComposeStyles } from './compose-styles.ts';
import { SmallState } from './small-state.tsx';

/** In the place of Tjek, where what judges a draft could not be fetched: a fault of ours. */
export function Broken(): ReactElement {
  const shared = useComposeStyles();
  const say = useText(frame);
  return (
    <section className={shared.section} role="alert">
      <SmallState state="stop" text={say('err.bug')} />
      <Button size="small" onClick={() => location.reload()}>{say('err.reload')}</Button>
    </section>
  );
}
