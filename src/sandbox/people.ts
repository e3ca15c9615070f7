/** The API and the add-in as they are registered in Entra, and the app that reads groups through Graph. */
export const API_APP_ID = '6f2d3c9a-51b7-4c0e-8a64-1c5a3b7e1001';
export const ADDIN_APP_ID = '6f2d3c9a-51b7-4c0e-8a64-1c5a3b7e1002';
export const GRAPH_APP_ID = '6f2d3c9a-51b7-4c0e-8a64-1c5a3b7e1003';
/** Of the app that reads groups; known to everybody, for nothing here is real. */
export const GRAPH_APP_SECRET = 'kun-til-oevelse-graph';
/** The scope of the API that the add-in asks for. */
export const API_SCOPE = 'access_as_user';

export const EKSEMPEL_TENANT = '0b9c1f0e-3c52-4d7a-9a55-1c5a3b7e0001';
export const NABO_TENANT = '0b9c1f0e-3c52-4d7a-9a55-1c5a3b7e0002';
/** A tenant of which the gateway knows nothing. */
export const UNKNOWN_TENANT = '0b9c1f0e-3c52-4d7a-9a55-1c5a3b7e0999';

/** The Entra group that every employee is in; it gives no right. */
export const STAFF_GROUP = '7a1e4b52-0d3f-4f6a-b1c2-1c5a3b7e2001';

/** Somebody who can log on. */
export interface WorldUser {
  /** As which they log on (preferred_username). */
  readonly address: string;
  readonly name: string;
  /** Their organisation; null for one that does not use the gateway. */
  readonly organisation: string | null;
  readonly tenant: string;
  readonly objectId: string;
  /** App roles of the API that they have. */
  readonly roles: readonly string[];
  /** Secure mailboxes that name them; who has one first is who opens it. */
  readonly mailboxes: readonly string[];
}

const EVERY_ROLE = ['Dpg.Send', 'Dpg.MassSend', 'Dpg.Approve', 'Dpg.LookupCpr', 'Dpg.LookupCvr', 'Dpg.AuditRead', 'Dpg.Admin'] as const;
const EKSEMPEL = { organisation: 'Eksempel Kommune', tenant: EKSEMPEL_TENANT } as const;

/** The people of the exercise (docs/oevelse.md): each may something else, so that every refusal can be seen. */
export const PEOPLE: readonly WorldUser[] = [
  {
    ...EKSEMPEL, address: 'mette@kommune.example', name: 'Mette Sørensen', objectId: 'c4f7a0d1-90c5-4e0e-9b7a-1c5a3b7e3001',
    roles: ['Dpg.Send', 'Dpg.MassSend', 'Dpg.LookupCpr', 'Dpg.LookupCvr'],
    mailboxes: ['jobcenter@kommune.example', 'borgerservice@kommune.example', 'sikkerpost@kommune.example'],
  },
  {
    ...EKSEMPEL, address: 'sagsbehandler@kommune.example', name: 'Søren Sagsbehandler', objectId: 'c4f7a0d1-90c5-4e0e-9b7a-1c5a3b7e3002',
    roles: ['Dpg.Send', 'Dpg.MassSend', 'Dpg.Approve', 'Dpg.LookupCpr', 'Dpg.LookupCvr'],
    mailboxes: ['sikkerpost@kommune.example', 'borgerservice@kommune.example', 'jobcenter@kommune.example'],
  },
  {
    ...EKSEMPEL, address: 'vikar@kommune.example', name: 'Vera Vikar', objectId: 'c4f7a0d1-90c5-4e0e-9b7a-1c5a3b7e3003',
    roles: ['Dpg.Send'], mailboxes: ['jobcenter@kommune.example'],
  },
  {
    ...EKSEMPEL, address: 'hanne@kommune.example', name: 'Hanne Holm', objectId: 'c4f7a0d1-90c5-4e0e-9b7a-1c5a3b7e3004',
    roles: ['Dpg.Send'], mailboxes: ['hr@kommune.example'],
  },
  {
    ...EKSEMPEL, address: 'admin@kommune.example', name: 'Arne Admin', objectId: 'c4f7a0d1-90c5-4e0e-9b7a-1c5a3b7e3005',
    roles: ['Dpg.Admin', 'Dpg.AuditRead'], mailboxes: [],
  },
  {
    organisation: 'Nabo Kommune', tenant: NABO_TENANT,
    address: 'nina@nabo.example', name: 'Nina Nabo', objectId: 'c4f7a0d1-90c5-4e0e-9b7a-1c5a3b7e3006',
    roles: ['Dpg.Send', 'Dpg.MassSend', 'Dpg.LookupCpr', 'Dpg.LookupCvr', 'Dpg.Admin', 'Dpg.AuditRead'],
    mailboxes: ['sikkerpost@nabo.example'],
  },
  {
    organisation: null, tenant: UNKNOWN_TENANT,
    address: 'fremmed@fremmed.example', name: 'Frede Fremmed', objectId: 'c4f7a0d1-90c5-4e0e-9b7a-1c5a3b7e3007',
    roles: EVERY_ROLE, mailboxes: [],
  },
];

/** The one who logs on with this address, in whatever case; null for nobody here. */
export function userWithAddress(address: string): WorldUser | null {
  return PEOPLE.find((user) => user.address === address.trim().toLowerCase()) ?? null;
}

/** Object ids of those who may use a secure mailbox. */
export function usersOfMailbox(address: string): readonly string[] {
  return PEOPLE.filter(({ mailboxes }) => mailboxes.includes(address)).map(({ objectId }) => objectId);
}

/** The Entra tenants of an organisation's people. */
export function tenantsOfOrganisation(name: string): readonly string[] {
  return [...new Set(PEOPLE.filter(({ organisation }) => organisation === name).map(({ tenant }) => tenant))];
}
