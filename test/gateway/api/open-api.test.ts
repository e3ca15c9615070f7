import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { z } from 'zod';
import { apiRoutes } from '../../../src/gateway/api/api-routes.ts';
import { openApiDocument } from '../../../src/gateway/api/open-api.ts';

const document = JSON.parse(JSON.stringify(openApiDocument(apiRoutes, { PUBLIC_URL: '', API_BODY_MAX_BYTES: 1 }))) as Record<string, unknown>;

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document));
    assert.deepEqual(result.errors ?? [], []);
    assert.equal(validator.version, '3.1');
  });

  it('names every route, and each operation by a name of its own', () => {
    const { paths } = z.object({ paths: z.record(z.string(), z.record(z.string(), z.object({ operationId: z.string() }))) }).parse(document);
    for (const { method, path } of apiRoutes) assert.ok(paths[`/api${path}`]?.[method], `${method} ${path}`);
    const ids = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(Object.keys(paths).includes('/api/token'));
  });

  it('describes bytes as base64 and forbids unknown fields', () => {
    const text = JSON.stringify(document);
    assert.match(text, /"contentEncoding":"base64"/);
    assert.match(text, /"additionalProperties":false/);
    assert.match(text, /Idempotency-Key/);
  });
});
