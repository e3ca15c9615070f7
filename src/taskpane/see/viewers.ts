import type { DigitalRow, MassRow, RecipientRow } from '../compose/read-recipients.ts';

/** Where a recipient reads Digital Post. */
export interface Viewer {
  readonly id: 'borger' | 'virk' | 'mitdk' | 'eboks';
  /** As people call it. */
  readonly name: string;
  /** What stands at the top of a message there. */
  readonly title: string;
  /** Of what can be pressed there. */
  readonly colour: string;
}

const all: Readonly<Record<Viewer['id'], Viewer>> = {
  borger: { id: 'borger', name: 'borger.dk', title: 'Digital Post', colour: '#0f548c' },
  virk: { id: 'virk', name: 'virk.dk', title: 'Digital Post', colour: '#14143c' },
  mitdk: { id: 'mitdk', name: 'mit.dk', title: 'mit.dk', colour: '#0b5c46' },
  eboks: { id: 'eboks', name: 'e-Boks', title: 'e-Boks', colour: '#a3201a' },
};

/**
 * Where the recipients of a draft can read it, the usual place first: Digital Post by borger.dk or, for companies, virk.dk, and
 * by the two others; what is sent by mit.dk or e-Boks there alone.
 */
export function viewersOf(rows: readonly RecipientRow[]): readonly Viewer[] {
  const digital = rows.filter((row): row is DigitalRow | MassRow => row.kind === 'citizen' || row.kind === 'company' || row.kind === 'mass');
  const isOnly = (channel: string): boolean => digital.length > 0 && digital.every(({ address }) => address.channel === channel);
  if (isOnly('mitdk')) return [all.mitdk];
  if (isOnly('eboks')) return [all.eboks];
  const companies = digital.filter(({ kind }) => kind === 'company').length;
  // A list may hold both.
  const both = digital.length === 0 || digital.some(({ kind }) => kind === 'mass');
  const usual = both ? [all.borger, all.virk] : companies === 0 ? [all.borger] : companies === digital.length ? [all.virk] : [all.borger, all.virk];
  return [...usual, all.mitdk, all.eboks];
}
