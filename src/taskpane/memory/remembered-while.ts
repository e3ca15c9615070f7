import type { Remembered } from './remembered.ts';

/** The same memory as long as it is somebody's own: afterwards nothing of it is told, and nothing kept. */
export function rememberedWhile(remembered: Remembered, isOwn: () => boolean): Remembered {
  const tell = async <Value>(ask: () => Promise<Value>, nothing: Value): Promise<Value> => {
    const told = isOwn() ? await ask() : nothing;
    return isOwn() ? told : nothing;
  };
  const keep = async (act: () => Promise<void>): Promise<void> => {
    if (isOwn()) await act();
  };
  return {
    me: async () => await tell(async () => await remembered.me(), null),
    keepMe: async (me) => await keep(async () => await remembered.keepMe(me)),
    check: async (scope, number) => await tell(async () => await remembered.check(scope, number), null),
    keepCheck: async (...check) => await keep(async () => await remembered.keepCheck(...check)),
    earlier: async (typed, max) => await tell(async () => await remembered.earlier(typed, max), []),
    keepEarlier: async (recipient) => await keep(async () => await remembered.keepEarlier(recipient)),
    choice: async (name) => await tell(async () => await remembered.choice(name), null),
    keepChoice: async (...choice) => await keep(async () => await remembered.keepChoice(...choice)),
    forgetAnswers: async () => await remembered.forgetAnswers(),
  };
}
