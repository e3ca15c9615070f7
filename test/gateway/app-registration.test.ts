import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { APP_ROLES } from '../../src/gateway/api/people-log-on.ts';
import { settingsSchema } from '../../src/gateway/config.ts';

const registrationSchema = z.object({
  api: z.object({
    requestedAccessTokenVersion: z.literal(2),
    oauth2PermissionScopes: z.array(z.object({ id: z.guid(), value: z.string(), type: z.literal('User'), isEnabled: z.literal(true) })),
  }),
  appRoles: z.array(z.object({
    id: z.guid(), value: z.string(), description: z.string().min(1), allowedMemberTypes: z.tuple([z.literal('User')]), isEnabled: z.literal(true),
  })),
});

describe('the app registration of the guide', () => {
  it('has the roles and the scope that the gateway knows, each with an id of its own, and is version 2', async () => {
    const file = new URL('../../docs/app-registrering.json', import.meta.url);
    const { api, appRoles } = registrationSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    assert.deepEqual(appRoles.map(({ value }) => value).sort(), [...APP_ROLES.keys()].sort());
    assert.deepEqual(api.oauth2PermissionScopes.map(({ value }) => value), [settingsSchema.shape.ENTRA_SCOPE.parse(undefined)]);
    const ids = [...appRoles, ...api.oauth2PermissionScopes].map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('is told of in the guide, role by role', async () => {
    const guide = await readFile(new URL('../../docs/logon.md', import.meta.url), 'utf8');
    for (const role of APP_ROLES.keys()) assert.match(guide, new RegExp(`\`${role}\``));
  });
});
