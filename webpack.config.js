import CompressionPlugin from 'compression-webpack-plugin';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import webpack from 'webpack';

const inHere = (name) => path.join(path.dirname(fileURLToPath(import.meta.url)), name);

/**
 * Writes which files an entry, and each screen that is fetched later, needs, in their order: `assets.json`, read by whoever
 * makes the page and by the test of weights.
 */
class EntryFiles {
  apply(compiler) {
    compiler.hooks.thisCompilation.tap('EntryFiles', (compilation) => {
      compilation.hooks.processAssets.tap({ name: 'EntryFiles', stage: compiler.webpack.Compilation.PROCESS_ASSETS_STAGE_REPORT }, () => {
        const files = [...compilation.namedChunkGroups].map(([name, group]) => [name, group.getFiles().filter((file) => file.endsWith('.js'))]);
        compilation.emitAsset('assets.json', new compiler.webpack.sources.RawSource(JSON.stringify(Object.fromEntries(files))));
      });
    });
  }
}

/** Says of pdf.js' files that they are small already: they are given out as they came. */
class PdfFilesAsTheyCame {
  apply(compiler) {
    compiler.hooks.thisCompilation.tap('PdfFilesAsTheyCame', (compilation) => {
      compilation.hooks.processAssets.tap({ name: 'PdfFilesAsTheyCame', stage: compiler.webpack.Compilation.PROCESS_ASSETS_STAGE_ADDITIONS }, (assets) => {
        for (const name of Object.keys(assets)) if (/^pdf-(worker|decoders)\b/.test(name)) compilation.updateAsset(name, assets[name], { minimized: true });
      });
    });
  }
}

/**
 * pdf.js' worker and its decoders of scanned pictures: files as they come, fetched when a letter is shown. The decoders are
 * asked for by name; a folder tells one version from another.
 */
const pdfFiles = (hashed) => [
  { test: /pdf\.worker\.min\.mjs$/, type: 'asset/resource', generator: { filename: hashed ? 'pdf-worker.[contenthash:12].js' : 'pdf-worker.js' } },
  { test: /_nowasm_fallback\.js$/, type: 'asset/resource', generator: { filename: 'pdf-decoders/[name][ext]' } },
];

/** What is the same for everything that runs in a browser, for an engine that knows this much of the language. */
const common = (folder, language = 'es2020') => ({
  mode: 'production',
  devtool: false,
  target: ['web', language],
  // pdf.js comes minified too; its types are those of the other.
  resolve: { extensions: ['.tsx', '.ts', '.js'], alias: { 'pdfjs-dist/legacy/build/pdf.mjs$': 'pdfjs-dist/legacy/build/pdf.min.mjs' } },
  module: {
    rules: [{
      // Rules and words: what is not used of them is left out, whole files too.
      test: /[\\/]src[\\/](?:domain|taskpane[\\/]texts)[\\/]/, sideEffects: false,
    }, {
      // Types are checked by `npm run check`.
      test: /\.tsx?$/, exclude: /node_modules/, loader: 'ts-loader',
      options: { transpileOnly: true, configFile: inHere('tsconfig.browser.json'), compilerOptions: { noEmit: false, allowImportingTsExtensions: false, target: language, module: 'esnext', moduleResolution: 'bundler' } },
    }],
  },
  // Twelve digits: ten of them may all be numerals, and then look like somebody's CPR number.
  output: { path: inHere(`dist/${folder}`), clean: true, filename: '[name].[contenthash:12].js', chunkFilename: '[name].[contenthash:12].js', publicPath: 'auto' },
  performance: { hints: false },
  stats: 'errors-warnings',
  plugins: [new EntryFiles(), new PdfFilesAsTheyCame(), new CompressionPlugin({ test: /\.js$/, threshold: 0, minRatio: 1 })],
});

/**
 * The words stand in one file, and each screen's folder gets a copy of its own, from which everything that the folder does
 * not import is left out: a screen weighs no more than it shows.
 */
const wordsByScreen = new webpack.NormalModuleReplacementPlugin(/\/texts\/da\.ts$/, (resource) => {
  const folder = /taskpane[\\/]([\w-]+)[\\/]/.exec(resource.contextInfo.issuer)?.[1] ?? 'parts';
  resource.request += `?${folder}`;
});

/** The add-in's pane. React stays as it is when the rest changes, and is then taken from the browser's memory. */
const pane = {
  ...common('addin'),
  name: 'pane',
  module: { rules: [...common('addin').module.rules, ...pdfFiles(true)] },
  plugins: [...common('addin').plugins, wordsByScreen],
  entry: { pane: './src/taskpane/pane.tsx', logOn: './src/taskpane/log-on-page.ts' },
  optimization: {
    splitChunks: {
      // The page of log-on stands by itself: what it shares with the pane is not cut out of the pane.
      chunks: (chunk) => chunk.name !== 'logOn',
      cacheGroups: { react: { test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, name: 'react', priority: 20 } },
    },
  },
};

/** Of the file types, what a name is judged by: the rest is for those who look into files. */
const fileTypesByName = {
  test: /allowed-file-types\.json$/,
  type: 'json',
  parser: { parse: (text) => ({ types: JSON.parse(text).types.map(({ extension, channels }) => ({ extension, channels })) }) },
};

/**
 * The Smart Alert. One file under one name, which the manifest has: classic Outlook loads that very file into a runtime
 * without a page, so it holds no import and no chunk. Its engine may know ES2016 only.
 */
const events = {
  ...common('events', 'es2016'),
  name: 'events',
  entry: { events: './src/commands/on-message-send.ts' },
  module: { rules: [...common('events', 'es2016').module.rules, fileTypesByName] },
  output: { ...common('events').output, filename: '[name].js', publicPath: '' },
  optimization: { splitChunks: false },
};

/** The exercise's Outlook, its stand-in for office.js, what the real office.js finds beside it there, and the recipients' letters. */
const outlook = {
  ...common('outlook'),
  name: 'outlook',
  module: { rules: [...common('outlook').module.rules, ...pdfFiles(false)] },
  entry: { outlook: './src/sandbox/outlook/page/outlook.ts', office: './src/sandbox/outlook/page/office-js/office.ts', 'beside-real': './src/sandbox/outlook/page/office-js/beside-real.ts', 'copy-numbers': './src/sandbox/outlook/page/copy-numbers.ts', letters: './src/taskpane/see/pages/letters-on-page.ts' },
  output: { ...common('outlook').output, filename: '[name].js' },
  optimization: { splitChunks: false },
};

export default [pane, events, outlook];
