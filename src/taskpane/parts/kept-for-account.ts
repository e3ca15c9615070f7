import type { Gateway } from '../gateway/gateway.ts';

/**
 * What outlives a screen, one for each gateway: the same as long as the account is (pane-parts.ts, `generation`), then a new
 * one. An answer that comes late goes into the old one, which nobody sees.
 */
export function keptForAccount<Kept>(): (gateway: Pick<Gateway, 'me'>, generation: number, open: () => Kept) => Kept {
  const all = new WeakMap<Pick<Gateway, 'me'>, { readonly generation: number; readonly kept: Kept }>();
  return (gateway, generation, open) => {
    const known = all.get(gateway);
    if (known?.generation === generation) return known.kept;
    const kept = open();
    all.set(gateway, { generation, kept });
    return kept;
  };
}
