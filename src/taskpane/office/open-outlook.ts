import type { Outlook } from './outlook.ts';

export async function openOutlook(): Promise<Outlook> {
  throw new Error('not yet');
}
