// The part of the schema that the operation touches, and its resolvers.
import { lists, person } from './hospitals.js';

const list = (name) => `type ${name}Connection { nodes: [${name}!]!, totalCount: Int!, failures: [HospitalFailure!]! }`;
export const typeDefs = `
scalar Date
scalar DateTime
scalar Decimal
enum Gender { MALE FEMALE OTHER UNKNOWN }
enum VisitClass { OUTPATIENT INPATIENT UNKNOWN }
enum ReportStatus { REGISTERED CALLED EXAMINED SUBMITTED FINAL RECALLED CANCELLED REJECTED MISSED UNKNOWN }
enum Interpretation { LOW NORMAL HIGH ABNORMAL UNKNOWN }
enum ProblemCode { UPSTREAM_UNAVAILABLE UPSTREAM_TIMEOUT }
type Hospital { code: String!, name: String! }
type HospitalFailure { code: ProblemCode! }
type Card { number: String!, balance: Decimal, hospital: Hospital! }
type Visit {
  startedAt: DateTime, visitClass: VisitClass!, departmentName: String, doctorName: String, complaint: String
  hospital: Hospital!
}
type BillItem { name: String!, category: String, unitPrice: Decimal, quantity: Decimal, amount: Decimal! }
type Bill {
  chargedAt: DateTime, total: Decimal!, discount: Decimal, insuranceAmount: Decimal, paidAmount: Decimal
  items: [BillItem!]!, hospital: Hospital!
}
type Observation {
  name: String!, value: String, unit: String, referenceRange: String, interpretation: Interpretation!
}
type LabReportDetail { performedBy: String, auditedBy: String, observations: [Observation!]! }
interface Report { title: String!, status: ReportStatus!, reportedAt: DateTime, hospital: Hospital! }
type LabReport implements Report {
  title: String!, status: ReportStatus!, reportedAt: DateTime, hospital: Hospital!, detail: LabReportDetail
}
type ImagingReport implements Report {
  title: String!, status: ReportStatus!, reportedAt: DateTime, hospital: Hospital!
}
type PrescribedDrug {
  name: String!, specification: String, quantity: String, route: String, dose: String, frequency: String
  storage: String, notice: String
}
type PrescriptionDetail { doctorName: String, drugs: [PrescribedDrug!]! }
type Prescription { prescribedAt: DateTime, diagnosis: String, hospital: Hospital!, detail: PrescriptionDetail }
${['Visit', 'Bill', 'Report', 'Prescription'].map(list).join('\n')}
type Patient {
  name: String, gender: Gender, birthDate: Date, phone: String, identityNumber: String, cards: [Card!]!
  visits(first: Int! = 20): VisitConnection!
  bills(first: Int! = 20, hospitals: [ID!]): BillConnection!
  reports(first: Int! = 20): ReportConnection!
  prescriptions(first: Int! = 20): PrescriptionConnection!
}
input PatientBy { id: ID }
type Query { patient(by: PatientBy!): Patient }
`;

const NAMES = { 253: '县人民医院', 254: '县中医院', 501: '掌上医院' };
const hospital = (root) => ({ code: root.hospitalId, name: NAMES[root.hospitalId] });
const holder = (field) => async (root, _, loaders) => (await loaders.holders.load(root.cards[0]))[field];
const EMPTY = { performedBy: null, auditedBy: null, observations: [] };

async function labReport(root, _, loaders) {
  if (root.sensitive) return EMPTY;
  const found = await loaders.labReports.load([root.hospitalId, root.key ?? root.id, root.idCard, root.number]);
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
