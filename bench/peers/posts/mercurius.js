// mercurius on Fastify, operations compiled by graphql-jit when first seen.
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { PORT, context, resolvers, typeDefs } from './users.js';

const app = Fastify();
await app.register(mercurius, { schema: typeDefs, resolvers, jit: 1, context, graphiql: false });
await app.listen({ port: PORT, host: '127.0.0.1' });
