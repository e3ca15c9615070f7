import type { FastifyInstance } from 'fastify';
import { REGISTER_NAMES } from './register-book.ts';
import type { Registers } from './registers.ts';

const BASE = '/sandbox/registers';

/**
 * The sandbox's own doors to the registers (design.md, "What arrived outside"): what they answer about a number, how they
 * fail, and how often they were asked. Numbers travel in bodies only, and no answer repeats one. What cannot be is answered
 * 400 by the front door.
 */
export function addRegisterRoutes(door: FastifyInstance, { book, settings, calls }: Registers): void {
  for (const name of REGISTER_NAMES) {
    door.put(`${BASE}/${name}`, async (request) => {
      await book.put(name, request.body);
      return { register: name, told: book.countOf(name) };
    });
    door.delete(`${BASE}/${name}`, async (request) => {
      await book.remove(name, request.body);
      return { register: name, told: book.countOf(name) };
    });
  }
  for (const target of [...REGISTER_NAMES, 'token'] as const) {
    door.get(`${BASE}/${target}/calls`, async () => calls.countOf(target));
  }
  door.post(`${BASE}/faults`, async (request) => settings.setFault(request.body));
  door.get(`${BASE}/settings`, async () => settings.switches);
  door.post(`${BASE}/settings`, async (request) => settings.setSwitches(request.body));
}
