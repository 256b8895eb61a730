import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import events from '../../docs/events.json' with { type: 'json' };
import { errorCodes } from '../model/error.ts';
import { ruleSlugs } from '../model/rule-slug.ts';
import { ruleOf } from '../rules/catalog.ts';
import { accepts, type CachedFile, etagOf } from './cached-file.ts';
import { problemTypes } from './problem-types.ts';

/** A file of the API reference. */
interface DocsPage {
  readonly plain: CachedFile;
  readonly gzipped: CachedFile;
}

const html = 'text/html; charset=utf-8';
const script = 'text/javascript; charset=utf-8';
const style = 'text/css; charset=utf-8';
const json = 'application/json';

/** Packages are below the working directory of the process, on Lambda as in local runs. */
const fromSwagger = (file: string) => () => readFileSync(join('node_modules/swagger-ui-dist', file));

const pages: Readonly<Record<string, { readonly contentType: string; readonly content: () => string | Buffer }>> = {
  index: { contentType: html, content: () => referencePage },
  errors: { contentType: html, content: errorsPage },
  'events.json': { contentType: json, content: () => JSON.stringify(events) },
  'start.js': { contentType: script, content: () => startScript },
  'page.css': { contentType: style, content: () => pageStyle },
  'swagger-ui.css': { contentType: style, content: fromSwagger('swagger-ui.css') },
  'swagger-ui-bundle.js': { contentType: script, content: fromSwagger('swagger-ui-bundle.js') },
};

const cache = new Map<string, DocsPage>();

/** Returns a page by name, in an encoding that the client accepts; undefined if there is none. */
export function docsPage(name: string, acceptEncoding: string | undefined): CachedFile | undefined {
  return pageNamed(name)?.[accepts(acceptEncoding, 'gzip') ? 'gzipped' : 'plain'];
}

/** Returns a page by name, created on first use. */
function pageNamed(name: string): DocsPage | undefined {
  const cached = cache.get(name);
  if (cached !== undefined || !Object.hasOwn(pages, name)) {
    return cached;
  }
  const { contentType, content } = pages[name] as (typeof pages)[string];
  const body = Buffer.from(content());
  const compressed = gzipSync(body);
  const page: DocsPage = {
    plain: { contentType, body, etag: etagOf(body) },
    gzipped: { contentType, contentEncoding: 'gzip', body: compressed, etag: etagOf(compressed) },
  };
  cache.set(name, page);
  return page;
}

/** An HTML page whose styles and scripts come from the same origin. */
const pageOf = (title: string, stylesheet: string, content: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/v1/docs/${stylesheet}"><link rel="icon" href="data:,">
</head>
<body>
${content}
</body>
</html>
`;

const referencePage = pageOf(
  'Image sharing API',
  'swagger-ui.css',
  `<div id="reference"></div>
<script src="/v1/docs/swagger-ui-bundle.js"></script><script src="/v1/docs/start.js"></script>`,
);

const startScript = `SwaggerUIBundle({ url: '/v1/openapi.json', dom_id: '#reference', deepLinking: true, docExpansion: 'list', defaultModelsExpandDepth: 0 });
`;

const pageStyle = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
:target { background: color-mix(in srgb, orange 25%, transparent); }
`;

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

function errorsPage(): string {
  const errors = errorCodes.map(
    (code) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${problemTypes[code].status}</td><td>${escaped(problemTypes[code].title)}.</td></tr>`,
  );
  const rules = ruleSlugs.map((slug) => {
    const { says, sources, refuses, remedy } = ruleOf(slug);
    const codes = (refuses ?? []).map((errorCode) => `<a href="#${errorCode}"><code>${errorCode}</code></a>`).join(', ');
    const cells = [
      `<code>${slug}</code>`,
      escaped(says),
      codes,
      remedy === undefined ? '' : `${escaped(remedy)}.`,
      escaped(sources.map(({ title }) => title).join('; ')),
    ];
    return `<tr id="${slug}">${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return pageOf(
    'Errors and rules',
    'page.css',
    `<h1>Errors and rules</h1>
<p>Errors are returned as problem documents (RFC 9457). Each contains an error <code>code</code> (first table) and, where applicable, the <code>rule</code> that was violated (second table). <a href="/v1/docs">API reference</a></p>
<h2>Error codes</h2>
<table><thead><tr><th>Code</th><th>Status</th><th>Description</th></tr></thead><tbody>
${errors.join('\n')}
</tbody></table>
<h2>Rules</h2>
<table><thead><tr><th>Rule</th><th>Description</th><th>Error code</th><th>Resolution</th><th>Reference</th></tr></thead><tbody>
${rules.join('\n')}
</tbody></table>`,
  );
}
