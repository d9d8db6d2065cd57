// Hive Gateway over the REST upstream, which Mesh's JSON schema handler describes; users are joined by @resolveTo.
// Its plugin for de-duplication asks for each user once, as the loaders of the others do. package.json overrides
// @graphql-tools/batch-execute with 10.2.0, the newest that can be installed; 10.3 is what is asked for.
import { Agent, createServer } from 'node:http';
import { Logger, createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { useDeduplicateRequest } from '@graphql-hive/plugin-deduplicate-request';
import { defineConfig, getComposedSchemaFromConfig } from '@graphql-mesh/compose-cli';
import rest from '@graphql-mesh/transport-rest';
import { loadJSONSchemaSubgraph } from '@omnigraph/json-schema';

const [, , port, upstream] = process.argv;
const text = { type: 'string' };
const user = {
  type: 'object', title: 'User', required: ['id', 'name', 'username', 'email'],
  properties: { id: { type: 'integer' }, name: text, username: text, email: text, phone: text, website: text },
};
const post = {
  type: 'object', title: 'Post', required: ['id', 'userId', 'title', 'body'],
  properties: { id: { type: 'integer' }, userId: { type: 'integer' }, title: text, body: text },
};
const config = defineConfig({
  subgraphs: [{
    sourceHandler: loadJSONSchemaSubgraph('upstream', {
      endpoint: upstream,
      operations: [
        { type: 'Query', field: 'posts', path: '/posts', method: 'GET', responseSchema: { type: 'array', items: post } },
        {
          type: 'Query', field: 'user', path: '/users/{args.id}', method: 'GET', responseSchema: user,
          argTypeMap: { id: { type: 'integer' } }, requiredArgs: ['id'],
        },
      ],
    }),
  }],
  additionalTypeDefs: `
    extend type Post {
      user: User @resolveTo(
        sourceName: "upstream", sourceTypeName: "Query", sourceFieldName: "user",
        requiredSelectionSet: "{ userId }", sourceArgs: { id: "{root.userId}" }
      )
    }
  `,
});
const supergraph = await getComposedSchemaFromConfig(
  { ...config, fetch, cwd: process.cwd() }, new Logger({ level: false }),
);
const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const gateway = createGatewayRuntime({
  supergraph, transports: { rest }, customAgent: () => agent, plugins: () => [useDeduplicateRequest()], logging: false,
  graphiql: false, landingPage: false,
});
createServer(gateway).listen(Number(port), '127.0.0.1');
