import { createHash } from 'node:crypto';
import { defineConfig, type Plugin } from 'vite';

const base = '/console/';

/** Makes files of the fonts that stand within the style sheet, so that a browser loads those alone that it shows. */
const fontsAsFiles: Plugin = {
  name: 'fonts-as-files',
  enforce: 'pre',
  transform(code, id) {
    return id.endsWith('/global-styles/index.css')
      ? code.replaceAll(/data:font\/woff2;base64,([^']+)/g, (_, data: string) => {
          const source = Buffer.from(data, 'base64');
          const fileName = `assets/font-${createHash('sha256').update(source).digest('hex').slice(0, 8)}.woff2`;
          this.emitFile({ type: 'asset', fileName, source });
          return base + fileName;
        })
      : undefined;
  },
};

export default defineConfig({
  root: import.meta.dirname,
  base,
  plugins: [fontsAsFiles],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    sourcemap: false,
    // What many pages use is one file: many small ones compress worse, and each has headers of its own.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'shared', test: /node_modules/, minShareCount: 5 }] } },
    },
  },
});
