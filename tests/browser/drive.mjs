// Use the GraphiQL page as a person would and print what was seen as JSON:
//   node drive.mjs <page address> --token <token> --screenshot <file.png>
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

/** Notes which token, if any, goes with each operation. */
function watchTokens(page) {
  const sent = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') {
      const [, operation] = /\bquery\s+(\w+)/.exec(request.postDataJSON().query);
      sent.push({ operation, authorization: request.headers().authorization ?? null, url: request.url() });
    }
  });
  return sent;
}

/** A tab whose headers editor is empty. An editor that comes late would show the first tab's text in it. */
async function addTab(page) {
  for (const editor of ['operation', 'request-headers', 'response']) {
    await page.locator(`.monaco-editor[data-uri*="${editor}"]`).first().waitFor({ state: 'attached' });
  }
  const query = page.locator('.graphiql-query-editor .view-lines');
  await query.filter({ hasText: 'HomeScreen' }).waitFor();
  await page.locator('button.graphiql-tab-add').click();
  await query.filter({ hasNotText: 'HomeScreen' }).waitFor();
}

async function useToken(page, token) {
  const asked = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByLabel('Token').fill(token);
  await page.getByRole('button', { name: 'Use token' }).click();
  await asked;
}

async function askWhoIAm(page) {
  await page.locator('.graphiql-query-editor .view-lines').click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.insertText('query WhoAmI { viewer { role } }');
  // Until then GraphiQL sends the name of the operation that stood there before.
  await page.locator('.graphiql-tab-button', { hasText: 'WhoAmI' }).waitFor();
  const answered = page.waitForResponse((response) => response.request().postData()?.includes('WhoAmI'));
  await page.locator('button.graphiql-execute-button').click();
  return (await answered).json();
}

/** Everywhere that a page can keep something for longer than itself. */
const findKept = (page) =>
  page.evaluate(async () => [
    ...Object.keys(localStorage),
    ...Object.keys(sessionStorage),
    ...(await indexedDB.databases()).map(({ name }) => name),
    ...(await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
    ...(history.state ? [JSON.stringify(history.state)] : []),
    ...(location.search || location.hash ? [location.href] : []),
  ]);

async function use(page, url, token) {
  const sent = watchTokens(page);
  await page.goto(url);
  const { query, result } = await runFirstTab(page);
  await addTab(page);
  await useToken(page, token);
  const whoAmI = await askWhoIAm(page);
  const docs = await openDocs(page);
  const explorer = await openExplorer(page);
  return {
    title: await page.title(),
    heading: await text(page.locator('.graphiql-logo .title')),
    tabs: await page.locator('.graphiql-tab-button').allInnerTexts(),
    editors: await page.locator('.graphiql-editor-tools button').allInnerTexts(),
    query,
    result,
    docs,
    explorer,
    whoAmI,
    sent: [...sent],
    stored: await findKept(page),
    cookies: await page.context().cookies(),
  };
}

async function reload(page) {
  const sent = watchTokens(page);
  await page.reload();
  await addTab(page);
  const whoAmI = await askWhoIAm(page);
  return { whoAmI, sent, field: await page.getByLabel('Token').inputValue(), stored: await findKept(page) };
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { screenshot: { type: 'string' }, token: { type: 'string' } },
});
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
    const used = await use(page, url, values.token).finally(() => page.screenshot({ path: values.screenshot }));
    // Before the reload, which breaks off what is being loaded.
    const seenSoFar = structuredClone(seen);
    console.log(JSON.stringify({ ...used, ...seenSoFar, reloaded: await reload(page) }));
  } finally {
    await context.close();
  }
} finally {
  await rm(profile, { recursive: true, force: true });
}
