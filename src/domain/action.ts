/** What somebody may do at all; each is also the right of a route of the API. In a file of its own, for the pane reads no rules. */
export const actions = [
  'send', 'mass-send', 'stop', 'resend', 'approve', 'lookup-cpr', 'lookup-cvr', 'read-audit', 'administer',
] as const;
export type Action = (typeof actions)[number];
