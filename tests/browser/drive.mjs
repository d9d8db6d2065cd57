// Use the GraphiQL page as a person would and print what was seen as JSON:
//   node drive.mjs <page address> --screenshot <file.png>
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { findBrowser } from './browser.mjs';
import { watch } from './watch.mjs';

const ARGUMENTS = [
  '--no-sandbox', // Chromium's sandbox refuses to run as root, as in containers; the page is our own
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

const text = async (locator) => (await locator.innerText()).replace(/\s+/g, ' ').trim();
const sidebar = (page, name) => page.locator('.graphiql-sidebar').getByRole('button', { name });

async function runFirstTab(page) {
  const editor = page.locator('.graphiql-query-editor');
  await editor.locator('.view-line').first().waitFor();
  await page.locator('button.graphiql-execute-button').click();
  const response = page.locator('.graphiql-response');
  await response.getByText('"data"').or(response.getByText('"errors"')).first().waitFor();
  return { query: await text(editor), result: await text(response) };
}

async function openDocs(page) {
  await sidebar(page, /Documentation Explorer/).click();
  const docs = page.locator('.graphiql-doc-explorer');
  await docs.getByRole('link', { name: 'Query', exact: true }).click();
  await docs.locator('.graphiql-doc-explorer-field-name').first().waitFor();
  return text(docs);
}

async function openExplorer(page) {
  await sidebar(page, /GraphiQL Explorer/).click();
  const explorer = page.locator('.docExplorerWrap');
  await explorer.locator('.graphiql-explorer-root').first().waitFor();
  return text(explorer);
}

async function use(page, url) {
  await page.goto(url);
  const { query, result } = await runFirstTab(page);
  const docs = await openDocs(page);
  const explorer = await openExplorer(page);
  return {
    title: await page.title(),
    heading: await text(page.locator('.graphiql-logo')),
    tabs: await page.locator('.graphiql-tab-button').allInnerTexts(),
    editors: await page.locator('.graphiql-editor-tools button').allInnerTexts(),
    query,
    result,
    docs,
    explorer,
    stored: await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]),
    cookies: await page.context().cookies(),
  };
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { screenshot: { type: 'string' } } });
const [url] = positionals;
const profile = await mkdtemp(join(tmpdir(), 'browser-'));
try {
  const context = await chromium.launchPersistentContext(profile, {
    ...(await findBrowser()),
    args: ARGUMENTS,
    headless: true,
    viewport: { width: 1440, height: 810 },
  });
  try {
    context.setDefaultTimeout(15_000);
    const seen = await watch(context, new URL(url).origin);
    const page = await context.newPage();
    const used = await use(page, url).finally(() => page.screenshot({ path: values.screenshot }));
    console.log(JSON.stringify({ ...used, ...seen }));
  } finally {
    await context.close();
  }
} finally {
  await rm(profile, { recursive: true, force: true });
}
