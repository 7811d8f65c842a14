// Serves a built site as a host would, compressed, and has Lighthouse look at
// some of its pages. Ends with 1 where a page falls short.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join, extname, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import lighthouse, { desktopConfig } from 'lighthouse';
import { launch } from 'chrome-launcher';

const [site, ...asked] = process.argv.slice(2);
const pages = asked.length > 0 ? asked : [
  '',
  'sessions/2026-10-leadership/',
  'kpis/task-automation/',
  'fit-check/',
];
const least = { accessibility: 100, 'best-practices': 100, performance: 98 };
const types = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.json': 'application/json',
};

const server = createServer(async (request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname));
  const file = join(site, path.endsWith('/') ? `${path}index.html` : path);
  try {
    const bytes = gzipSync(await readFile(file));
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-encoding': 'gzip',
    });
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}).listen(0, '127.0.0.1');
await new Promise((ready) => server.on('listening', ready));
const root = `http://127.0.0.1:${server.address().port}/`;

const chrome = await launch({
  chromeFlags: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--no-first-run'],
});
let short = false;
try {
  for (const page of pages) {
    for (const [form, config] of [['phone', undefined], ['desk', desktopConfig]]) {
      const { lhr } = await lighthouse(root + page,
        { port: chrome.port, logLevel: 'error', onlyCategories: Object.keys(least) }, config);
      const scores = Object.entries(least).map(([name, bar]) => {
        const score = Math.round(lhr.categories[name].score * 100);
        short ||= score < bar;
        return `${name} ${score}${score < bar ? ` (under ${bar})` : ''}`;
      });
      const shift = lhr.audits['cumulative-layout-shift'].numericValue;
      short ||= shift > 0;
      const loaded = lhr.audits['network-requests'].details.items;
      const weight = loaded.reduce((sum, item) => sum + item.transferSize, 0);
      console.log(`/${page} ${form}: ${scores.join(', ')}; layout shift ${shift}; `
        + `${loaded.length} requests, ${(weight / 1024).toFixed(1)} KiB`);
      for (const audit of Object.values(lhr.audits)) {
        const counts = Object.values(lhr.categories).some((category) =>
          category.auditRefs.some((ref) => ref.id === audit.id && ref.weight > 0));
        if (counts && audit.score !== null && audit.score < 0.9) {
          console.log(`  ${audit.id}: ${audit.title} ${audit.displayValue ?? ''}`);
          for (const item of audit.details?.items ?? []) {
            if (item.node) console.log(`    ${item.node.snippet}`);
          }
        }
      }
    }
  }
} finally {
  await chrome.kill();
  server.close();
}
process.exitCode = short ? 1 : 0;
