// Posts and users over undici.request, and one loader per request: each user is asked for once.
import DataLoader from 'dataloader';
import { Pool } from 'undici';

const [, , port, upstream] = process.argv;
export const PORT = Number(port);
const pool = new Pool(upstream, { connections: 256, pipelining: 1 });

async function get(path) {
  const answer = await pool.request({ path, method: 'GET' });
  if (answer.statusCode !== 200) throw new Error(`HTTP ${answer.statusCode}`);
  return answer.body.json();
}

export const context = () => ({
  users: new DataLoader((numbers) => Promise.all(numbers.map((number) => get(`/users/${number}`)))),
});

export const typeDefs = `
type User { id: Int!, name: String!, username: String!, email: String!, phone: String, website: String }
type Post { id: Int!, userId: Int!, title: String!, body: String!, user: User }
type Query { posts: [Post!]! }
`;

export const resolvers = {
  Query: { posts: () => get('/posts') },
  Post: { user: (root, _, loaders) => loaders.users.load(root.userId) },
};
