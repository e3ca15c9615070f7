import { readFile } from 'node:fs/promises';
import { Agent, request } from 'undici';
import { TOKEN_PATH } from '../../src/sandbox/registers/token-routes.ts';
import { ORGANISATIONS } from '../../src/sandbox/world.ts';
import { answerOf, type Answer, type OutsideWorld } from './outside-world.ts';

const PERSON_FIELDS = `id status statusdato personnumre { personnummer status } navne { adresseringsnavn status }
  beskyttelser { beskyttelsestype status }`;

/** What GraphQL answers. */
export interface GraphqlAnswer {
  readonly data?: Readonly<Record<string, { readonly nodes: readonly Readonly<Record<string, unknown>>[]; readonly pageInfo?: unknown } | null>>;
  readonly errors?: readonly { readonly message: string; readonly path?: readonly string[]; readonly extensions: Readonly<Record<string, unknown>> }[];
}

interface Call {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** The registers' doors as one organisation meets them: 0 is the authority, 1 the body approved as public sender. */
export class RegisterTestClient implements AsyncDisposable {
  readonly #world: OutsideWorld;
  readonly #agent: Agent;
  readonly #plain: Agent;
  readonly index: number;

  private constructor(world: OutsideWorld, index: number, agent: Agent, plain: Agent) {
    this.#world = world;
    this.index = index;
    this.#agent = agent;
    this.#plain = plain;
  }

  static async open(world: OutsideWorld, index: number): Promise<RegisterTestClient> {
    const files = world.certificates.organisations.get(ORGANISATIONS[index]?.cvr ?? '');
    const [cert, key, ca] = await Promise.all(
      [files?.certificateFile, files?.keyFile, world.certificates.authorityFile].map((file) => readFile(file ?? '')),
    );
    return new RegisterTestClient(world, index, new Agent({ connect: { cert, key, ca } }), new Agent({ connect: { ca: ca ?? '' } }));
  }

  get client() {
    const client = this.#world.registers.clients[this.index];
    if (!client) throw new Error('no such organisation');
    return client;
  }

  /** The door without a client certificate. */
  async open(path: string, call: Call = {}): Promise<Answer> {
    return this.#call(this.#plain, `https://localhost:${this.#world.registers.ports.open}${path}`, call);
  }

  /** The door that demands one. */
  async certified(path: string, call: Call = {}): Promise<Answer> {
    return this.#call(this.#agent, `https://localhost:${this.#world.registers.ports.certificate}${path}`, call);
  }

  async virk(path: string, question: unknown, headers: Readonly<Record<string, string>> | null = null): Promise<Answer> {
    const { virkUser, virkPassword } = this.client;
    const authorization = `Basic ${Buffer.from(`${virkUser}:${virkPassword}`).toString('base64')}`;
    return this.#call(this.#plain, `http://localhost:${this.#world.registers.ports.virk}/cvr-permanent/${path}`, {
      method: 'POST', headers: { 'content-type': 'application/json', ...(headers ?? { authorization }) }, body: JSON.stringify(question),
    });
  }

  async askForToken(by: 'secret' | 'certificate', form: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const { clientId, secret } = this.client;
    const fields = { grant_type: 'client_credentials', client_id: clientId, ...(by === 'secret' ? { client_secret: secret } : {}), ...form };
    const call = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(fields).toString() } as const;
    return by === 'secret' ? this.open(TOKEN_PATH, call) : this.certified(TOKEN_PATH, call);
  }

  async token(): Promise<string> {
    return (await this.askForToken('secret')).json<{ access_token: string }>().access_token;
  }

  /** One GraphQL question with a token or, for CVR, an API key in the address. */
  async graphql(path: string, query: string, options: { readonly variables?: object; readonly accept?: string; readonly token?: string } = {}): Promise<Answer> {
    const authorization = path.startsWith('/CPR') ? { authorization: `Bearer ${options.token ?? (await this.token())}` } : {};
    return this.open(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: options.accept ?? 'application/json', ...authorization },
      body: JSON.stringify({ query, variables: options.variables ?? {} }),
    });
  }

  /** What CPR's GraphQL says of some numbers, by the service that this organisation has. */
  async persons(numbers: readonly string[], sector: string = this.client.sector): Promise<GraphqlAnswer> {
    const query = `query ($cpr: [String!]!) { CPRCustom_${sector}Person(input: { personnummer: { personnummer: { in: $cpr } } }) { nodes { ${PERSON_FIELDS} } } }`;
    return (await this.graphql(`/CPR/custom/${sector}/v2`, query, { variables: { cpr: numbers } })).json<GraphqlAnswer>();
  }

  async cvr(query: string, variables: object = {}): Promise<GraphqlAnswer> {
    return (await this.graphql(`/CVR/v2?apiKey=${this.client.apiKey}`, query, { variables })).json<GraphqlAnswer>();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#agent.destroy();
    await this.#plain.destroy();
  }

  async #call(dispatcher: Agent, url: string, { method = 'GET', headers = {}, body }: Call): Promise<Answer> {
    return answerOf(await request(url, { method, headers, dispatcher, ...(body === undefined ? {} : { body }) }));
  }
}

/** The elements of the one root field of an answer. */
export function nodesOf({ data }: GraphqlAnswer): readonly Readonly<Record<string, unknown>>[] {
  return Object.values(data ?? {})[0]?.nodes ?? [];
}

/** The code of the first error of an answer, with the root field that it belongs to. */
export function firstError({ errors }: GraphqlAnswer): string | undefined {
  const code = errors?.[0]?.extensions['code'];
  return typeof code === 'string' ? code : errors?.[0]?.message;
}
