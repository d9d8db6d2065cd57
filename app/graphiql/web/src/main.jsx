import 'graphiql/setup-workers/vite';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import { loadConfig, toTab } from './config.js';
import { createMemoryStorage } from './memoryStorage.js';
import './page.css';

const plugins = [HISTORY_PLUGIN, explorerPlugin()];
const storage = createMemoryStorage();

function Page({ fetcher, tabs, title }) {
  const [first] = tabs;
  return (
    <GraphiQL
      fetcher={fetcher}
      plugins={plugins}
      storage={storage}
      defaultTabs={tabs.length > 0 ? tabs : undefined}
      // GraphiQL fills the first tab's editors from these, not from defaultTabs.
      initialQuery={first?.query}
      initialVariables={first?.variables ?? undefined}
      initialHeaders={first?.headers ?? undefined}
      isHeadersEditorEnabled
      shouldPersistHeaders={false}
    >
      <GraphiQL.Logo>{title}</GraphiQL.Logo>
    </GraphiQL>
  );
}

const root = document.getElementById('graphiql');
try {
  const { endpoint, title, tabs } = await loadConfig();
  document.title = title;
  const fetcher = createGraphiQLFetcher({ url: endpoint });
  createRoot(root).render(<Page fetcher={fetcher} tabs={tabs.map(toTab)} title={title} />);
} catch (error) {
  root.textContent = `GraphiQL could not start: ${error.message}`;
}
