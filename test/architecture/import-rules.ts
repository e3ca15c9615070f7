import type { IConfiguration } from 'dependency-cruiser';

// Who may import whom (src/README.md). Each rule tells the one who broke it why it is there.
/** Folders of steps: pure, or one kind of I/O; each knows itself, the settings and the store, which knows rows only. */
const steps = '(accept|assess|convert|isolate|outbox|channels|rules|notify|lookup|api)';
/** Folders of stories, by what they are about. */
const stories = '(outgoing|acts|addin|admin|news|upkeep)';
const io = '^(node:)?(fs|net|http|https|http2|tls|dgram|child_process|worker_threads|cluster)(/|$)';

/** The rules as dependency-cruiser takes them. */
export const importRules: IConfiguration = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Data flows forward; a cycle, also of types, means that two files are one thing.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'domain-imports-nothing',
      comment: 'The rules of Digital Post run in Outlook and on the server: nothing but their own words (gateway-api.ts and its parts alone may use zod).',
      severity: 'error',
      from: { path: '^src/domain/', pathNot: '^src/domain/gateway-api[a-z-]*\\.ts$' },
      to: { pathNot: '^src/domain/' },
    },
    {
      name: 'the-letter-check-has-one-face',
      comment: 'How a letter is read is known to the check alone: whoever wants to know what is wrong in one asks letter-check.ts.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/domain/(letter-check\\.ts$|letter/)' },
      to: { path: '^src/domain/letter/' },
    },
    {
      name: 'formats-import-domain-only',
      comment: 'memo, mail and pdf are bytes in, values out; they know the words of the domain and not each other.',
      severity: 'error',
      from: { path: '^src/(memo|mail|pdf)/' },
      to: { path: '^src/', pathNot: ['^src/domain/', '^src/$1/'] },
    },
    {
      name: 'formats-do-no-io',
      comment: 'memo and mail touch no file, socket or process; pdf reads its own fonts and template.',
      severity: 'error',
      from: { path: '^src/(memo|mail|domain)/' },
      to: { dependencyTypes: ['core'], path: io },
    },
    {
      name: 'pdf-reads-files-only',
      comment: 'The PDF maker reads its own fonts and template, and reaches nothing else.',
      severity: 'error',
      from: { path: '^src/pdf/' },
      to: { dependencyTypes: ['core'], path: io, pathNot: '^(node:)?fs' },
    },
    {
      name: 'no-step-imports-a-step',
      comment: 'The order of the road is written in the stories alone (src/gateway/*.ts and the folders of stories).',
      severity: 'error',
      from: { path: `^src/gateway/${steps}/` },
      to: {
        path: `^src/gateway/${steps}/`,
        pathNot: '^src/gateway/$1/',
      },
    },
    {
      name: 'no-step-imports-a-story',
      comment: 'Steps are told what to do; they may know settings, log and metrics, and no story.',
      severity: 'error',
      from: { path: `^src/gateway/${steps}/` },
      to: {
        path: ['^src/gateway/[^/]+\\.ts$', `^src/gateway/${stories}/`, '^src/gateway/settings/live-organisations'],
        pathNot: '^src/gateway/(config|log|metrics)\\.ts$',
      },
    },
    {
      name: 'no-channel-imports-a-channel',
      comment: 'What changes together with one network lies in its own folder.',
      severity: 'error',
      from: { path: '^src/gateway/channels/([^/]+)/' },
      to: { path: '^src/gateway/channels/[^/]+/', pathNot: '^src/gateway/channels/$1/' },
    },
    {
      name: 'store-knows-rows-only',
      comment: 'The store imports the domain’s types and nothing of the road.',
      severity: 'error',
      from: { path: '^src/gateway/store/' },
      to: { path: '^src/', pathNot: ['^src/domain/', '^src/gateway/store/'] },
    },
    {
      name: 'io-at-the-edges',
      comment: 'Files, sockets and processes only where the world is met; everything else is pure.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['^src/gateway/(accept|isolate|channels|notify|lookup|store|api)/', '^src/gateway/(main|config)\\.ts$', '^src/sandbox/', '^src/pdf/'],
      },
      to: { dependencyTypes: ['core'], path: io },
    },
    {
      name: 'only-the-child-opens-strangers-bytes',
      comment: 'Parsing and typesetting run in a killable process: only what runs inside it imports the readers.',
      severity: 'error',
      from: { path: '^src/gateway/', pathNot: '^src/gateway/isolate/inside/' },
      to: { path: ['^src/pdf/', '^src/mail/(parse-mail|inspect-)'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'what-runs-inside-the-child-stays-there',
      comment: 'What opens strangers’ bytes is reached through the child’s entry file and no other way, and does no I/O itself.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/gateway/isolate/(child\\.ts$|inside/)' },
      to: { path: '^src/gateway/isolate/inside/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'sandbox-meets-the-gateway-over-sockets',
      comment: 'The sandbox is the outside world: it knows the formats, and not the gateway.',
      severity: 'error',
      from: { path: '^src/sandbox/' },
      to: { path: '^src/', pathNot: '^src/(sandbox|memo|mail|domain)/' },
    },
    {
      name: 'browser-meets-the-gateway-over-http',
      comment: 'The pane and the Smart Alert know the rules of the domain; everything else is asked of the gateway.',
      severity: 'error',
      from: { path: '^src/(taskpane|commands)/' },
      to: { path: '^src/', pathNot: ['^src/domain/', '^src/$1/', '^src/taskpane/texts/'] },
    },
    {
      name: 'the-smart-alert-is-light',
      comment: 'It runs where there is no page: no React, no zod, no MSAL, none of the pane but its words.',
      severity: 'error',
      from: { path: '^src/commands/' },
      to: { path: ['node_modules', '^src/domain/gateway-api[a-z-]*\\.ts$', '^src/taskpane/(?!texts/)'] },
    },
    {
      name: 'gateway-never-imports-the-browser-side',
      comment: 'What runs in Outlook is built, and given out as files.',
      severity: 'error',
      from: { path: '^src/(gateway|memo|mail|pdf|domain)/' },
      to: { path: '^src/(taskpane|commands)/' },
    },
    {
      name: 'gateway-never-imports-the-sandbox',
      comment: 'The product holds nothing of the sandbox.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/sandbox/' },
      to: { path: '^src/sandbox/' },
    },
    {
      name: 'src-never-imports-test',
      comment: 'The product does not know its tests.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-unreachable-file',
      comment: 'A file that no start reaches is dead.',
      severity: 'error',
      from: { path: '^src/(gateway/(main|print-config|print-manifest|test-connections)|sandbox/(main|outlook/page/(outlook|copy-numbers|office-js/(office|beside-real)))|gateway/isolate/child|taskpane/(pane|log-on-page|see/pages/letters-on-page)|commands/on-message-send)\\.tsx?$' },
      to: {
        path: '^src/.*\\.tsx?$',
        pathNot: '^src/(gateway/(main|print-config|print-manifest|test-connections)|sandbox/(main|outlook/page/(outlook|copy-numbers|office-js/(office|beside-real)))|gateway/isolate/child|taskpane/(pane|log-on-page|see/pages/letters-on-page)|commands/on-message-send)\\.tsx?$',
        reachable: false,
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'], conditionNames: ['import', 'node', 'default'] },
  },
};
