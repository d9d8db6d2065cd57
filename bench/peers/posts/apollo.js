// Apollo Server on Fastify, the faster of its documented integrations.
import { ApolloServer } from '@apollo/server';
import fastifyApollo from '@as-integrations/fastify';
import Fastify from 'fastify';
import { PORT, context, resolvers, typeDefs } from './users.js';

const server = new ApolloServer({ typeDefs, resolvers, introspection: false });
await server.start();
const app = Fastify();
await app.register((fastifyApollo.default ?? fastifyApollo)(server), { context: async () => context() });
await app.listen({ port: PORT, host: '127.0.0.1' });
