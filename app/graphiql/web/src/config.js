/** The server's settings for this page: `{endpoint, title, tabs: [{title, query, variables, headers}]}`. */
export async function loadConfig() {
  const response = await fetch('./config.json');
  if (!response.ok) {
    throw new Error(`config.json answered ${response.status}.`);
  }
  return response.json();
}

/** GraphiQL labels a tab by its operation's name, so an example's own title becomes its first comment line. */
export function toTab({ title, query, variables = null, headers = null }) {
  return { query: title ? `# ${title}\n${query}` : query, variables, headers };
}
