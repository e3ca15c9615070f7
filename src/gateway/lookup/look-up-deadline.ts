/** Aborted when the time of one look-up is over, with a TimeoutError, or when `given` is: whoever asked has gone. */
export function lookUpDeadline(deadlineMs: number, given?: AbortSignal): AbortSignal {
  return AbortSignal.any([AbortSignal.timeout(deadlineMs), ...(given ? [given] : [])]);
}
