import type { FastifyInstance, FastifyRequest } from 'fastify';

const FORM = /^(multipart\/form-data|application\/x-www-form-urlencoded)/;

/** Lets the routes of a scope be posted forms, files and all: read by the platform's own parser, bounded by the door's body limit. */
export function addFormReading(scope: FastifyInstance): void {
  scope.addContentTypeParser(FORM, { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer<ArrayBuffer>) => {
    const contentType = request.headers['content-type'] ?? '';
    return new Response(body, { headers: { 'content-type': contentType } }).formData();
  });
}

/** A text field of a posted form, trimmed; empty when it is missing or the body is no form. */
export function fieldOf(form: unknown, name: string): string {
  const value = form instanceof FormData ? form.get(name) : null;
  return typeof value === 'string' ? value.trim() : '';
}

/** All values of a field that may be chosen several times. */
export function fieldsOf(form: unknown, name: string): readonly string[] {
  const values = form instanceof FormData ? form.getAll(name) : [];
  return values.filter((value): value is string => typeof value === 'string' && value.trim() !== '').map((value) => value.trim());
}

/** The files of a field; an empty file input is none. */
export function filesOf(form: unknown, name: string): readonly File[] {
  const values = form instanceof FormData ? form.getAll(name) : [];
  return values.filter((value): value is File => value instanceof File && (value.name !== '' || value.size > 0));
}
