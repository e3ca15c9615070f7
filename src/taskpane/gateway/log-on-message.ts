import * as z from 'zod/mini';

/** What the window for log-on says to the pane. */
const logOnMessage = z.discriminatedUnion('kind', [
  /** `expiresAt`: null where Entra did not say. */
  z.object({ kind: z.literal('token'), token: z.string(), expiresAt: z.nullable(z.iso.datetime()) }),
  z.object({ kind: z.literal('failed') }),
]);
export type LogOnMessage = z.infer<typeof logOnMessage>;

/** Null for anything else. */
export function readLogOnMessage(text: string): LogOnMessage | null {
  try {
    return logOnMessage.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
