import 'graphiql/setup-workers/vite';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import { loadConfig, toTab } from './config.js';
import { createMemoryStorage } from './memoryStorage.js';
import { createTokenKeeper } from './token.js';
import { TokenField } from './TokenField.jsx';
import './page.css';

const plugins = [HISTORY_PLUGIN, explorerPlugin()];
const storage = createMemoryStorage();

function Page({ fetcher, keepToken, tabs, title }) {
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
      <GraphiQL.Logo>
        <TokenField keep={keepToken} />
        <span className="title">{title}</span>
      </GraphiQL.Logo>
    </GraphiQL>
  );
}

const root = document.getElementById('graphiql');
try {
  const { endpoint, title, tabs } = await loadConfig();
  document.title = title;
  const token = createTokenKeeper();
  const fetcher = createGraphiQLFetcher({ url: endpoint, fetch: token.fetch });
  createRoot(root).render(<Page fetcher={fetcher} keepToken={token.keep} tabs={tabs.map(toTab)} title={title} />);
} catch (error) {
  root.textContent = `GraphiQL could not start: ${error.message}`;
}
