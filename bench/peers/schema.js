// The part of the schema that the operation touches, and its resolvers.
import { readFileSync } from 'node:fs';
import { lists, person } from './hospitals.js';

export const typeDefs = readFileSync(new URL('schema.graphql', import.meta.url), 'utf8');

const NAMES = { 253: '县人民医院', 254: '县中医院', 501: '掌上医院' };
const hospital = (root) => ({ code: root.hospitalId, name: NAMES[root.hospitalId] });
const holder = (field) => async (root, _, loaders) => (await loaders.holders.load(root.cards[0]))[field];
const EMPTY = { performedBy: null, auditedBy: null, observations: [] };

async function labReport(root, _, loaders) {
  if (root.sensitive) return EMPTY;
  const found = await loaders.labReports.load([root.hospitalId, root.key ?? root.id, root.idCard, root.number, root.opFlag]);
  return found.sensitive || !found.audited ? EMPTY : found;
}

export const resolvers = {
  Query: { patient: (_, { by }) => person(by.id) },
  Patient: {
    ...Object.fromEntries(['name', 'gender', 'birthDate', 'phone', 'identityNumber'].map((name) => [name, holder(name)])),
    ...lists,
  },
  Card: { hospital, balance: (root, _, loaders) => loaders.balances.load(root) },
  Visit: { hospital },
  Bill: { hospital },
  Report: { __resolveType: (root) => (root.lab ? 'LabReport' : 'ImagingReport') },
  LabReport: { hospital, detail: labReport },
  ImagingReport: { hospital },
  Prescription: {
    hospital,
    detail: (root, _, loaders) => loaders.prescriptionDetails.load([root.hospitalId, root.id, root.patientId]),
  },
};
