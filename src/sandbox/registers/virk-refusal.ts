/** A question that Elasticsearch cannot read; `message` is its reason. */
export class QueryRefusal extends Error {}
