import type { Outlook } from '../office/outlook.ts';
import type { PageFacts } from '../page-facts.ts';
import type { Gateway } from './gateway.ts';

export function openGateway(_facts: PageFacts, _outlook: Outlook): Gateway {
  throw new Error('not yet');
}
