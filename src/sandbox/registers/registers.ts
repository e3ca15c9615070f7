import type { FastifyInstance } from 'fastify';
import type { Certificates } from '../certificates.ts';
import type { SandboxDatabase } from '../sandbox-database.ts';
import type { SandboxLog } from '../sandbox-log.ts';
import { addGraphqlRoutes } from './graphql-routes.ts';
import { RegisterBook } from './register-book.ts';
import { RegisterCalls } from './register-calls.ts';
import { registerClients, type RegisterClient } from './register-clients.ts';
import { openRegisterDoor, type DoorKind } from './register-door.ts';
import { RegisterLogOn } from './register-logon.ts';
import { RegisterSettings } from './register-settings.ts';
import { addRestRoutes } from './rest-routes.ts';
import { addSf1520Route } from './sf1520-routes.ts';
import { addTokenRoute } from './token-routes.ts';
import { addVirkRoutes } from './virk-routes.ts';

/** Ports of the registers' doors, all on loopback. */
export interface RegisterPorts {
  /** HTTPS: tokens by secret, GraphQL, the old REST by user and password. */
  readonly open: number;
  /** HTTPS with a client certificate: tokens by certificate, the old REST, SF1520. */
  readonly certificate: number;
  /** HTTP in clear: Virk. */
  readonly virk: number;
}

/** The stand-in registers with their doors open. */
export interface Registers {
  readonly clients: readonly RegisterClient[];
  readonly book: RegisterBook;
  readonly settings: RegisterSettings;
  readonly calls: RegisterCalls;
  readonly ports: RegisterPorts;
  close(): Promise<void>;
}

export interface RegistersOptions {
  readonly certificates: Certificates;
  readonly database: SandboxDatabase;
  readonly log: SandboxLog;
}

/** Opens CPR and CVR as the last run left them: Datafordeleren, Serviceplatformen and Virk, each with its own rules. */
export async function openRegisters({ certificates, database, log }: RegistersOptions): Promise<Registers> {
  const clients = await registerClients(certificates);
  const settings = await RegisterSettings.open(database);
  const book = await RegisterBook.open(database);
  const calls = new RegisterCalls();
  const logOn = new RegisterLogOn(clients);
  const parts = { settings, book, calls, logOn };
  const openDoor = (kind: DoorKind, ...routes: readonly ((door: FastifyInstance) => void)[]) =>
    openRegisterDoor({ kind, certificates, log, addRoutes: (door) => routes.forEach((addRoute) => addRoute(door)) });
  const rest = (door: FastifyInstance): void => addRestRoutes(door, parts);
  const doors = await Promise.all([
    openDoor('https', (door) => addTokenRoute(door, parts, 'secret'), (door) => addGraphqlRoutes(door, parts), rest),
    openDoor('client-certificate', (door) => addTokenRoute(door, parts, 'certificate'), (door) => addSf1520Route(door, parts), rest),
    openDoor('http', (door) => addVirkRoutes(door, parts)),
  ]);
  const [open, certificate, virk] = doors;
  return {
    clients, book, settings, calls,
    ports: { open: open.port, certificate: certificate.port, virk: virk.port },
    close: async () => void (await Promise.all(doors.map((door) => door.close()))),
  };
}
