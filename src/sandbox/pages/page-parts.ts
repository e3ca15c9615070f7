import type { Entra } from '../entra/entra.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { RunningGateway } from '../gateway-process.ts';
import type { Networks } from '../network/networks.ts';
import type { PageKeys } from '../page-keys.ts';
import type { Registers } from '../registers/registers.ts';
import type { SandboxDatabase } from '../sandbox-database.ts';

/** What the pages show and do. */
export interface PageParts {
  readonly gateway: RunningGateway;
  readonly networks: Networks;
  readonly registers: Registers;
  readonly exchange: Exchange;
  readonly entra: Entra;
  readonly keys: PageKeys;
  readonly database: SandboxDatabase;
}
