// GraphQL Yoga on node's own HTTP server; its parser and validation caches are on by default.
import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';
import { PORT, context, resolvers, typeDefs } from './users.js';

const yoga = createYoga({ schema: createSchema({ typeDefs, resolvers }), context, logging: false, graphiql: false });
createServer(yoga).listen(PORT, '127.0.0.1');
