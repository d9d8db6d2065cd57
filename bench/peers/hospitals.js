// Calls to the two hospital systems with undici.request, and one loader per interface and request.
import { readFileSync } from 'node:fs';
import DataLoader from 'dataloader';
import { Pool } from 'undici';
import { money, palm, regional } from './records.js';

const [, , port, upstream, scenePath] = process.argv;
export const PORT = Number(port);
const scene = JSON.parse(readFileSync(scenePath, 'utf8'));
const people = new Map(scene.people.map((person) => [person.id, person.cards.map(([hospitalId, number, patientId]) => ({
  hospitalId, number, patientId,
}))]));
const pool = new Pool(upstream, { connections: 256, pipelining: 1 });
const headers = { 'content-type': 'application/json;charset=UTF-8' };

async function post(path, body) {
  const answer = await pool.request({ path, method: 'POST', headers, body: JSON.stringify(body) });
  if (answer.statusCode !== 200) throw new Error(`HTTP ${answer.statusCode}`);
  return answer.body.json();
}
async function his(name, body) {
  const answer = await post(`/regional/hospital.interface.${name}`, body);
  if (!answer.success || answer.code !== '10001') throw new Error(answer.msg);
  return answer.data;
}
async function hand(path, body) {
  const answer = await post(`/palm${path}`, body);
  if (!(answer.head.code > 0)) throw new Error(answer.head.msg);
  return answer;
}

const day = (date) => new Date(date.getTime() + 8 * 3600e3).toISOString().slice(0, 10);
function period() {
  const now = new Date();
  return { since: day(new Date(now.getTime() - 365 * 86400e3)), until: day(now) };
}
const within = (rows, when, field) =>
  rows.filter((row) => row[field] >= `${when.since}T00:00:00+08:00` && row[field] <= `${when.until}T23:59:59+08:00`);

const batched = (load) => new DataLoader((keys) => Promise.all(keys.map(load)), { cacheKeyFn: JSON.stringify });
const joined = (person, when) => ({
  medicalCardNumber: person.cards[0].number, idCard: person.holder.number, startTime: `${when.since} 00:00:00`,
  endTime: `${when.until} 23:59:59`, patientName: person.holder.name, hospitalId: '253,254',
});

export function context() {
  const holders = new DataLoader((cards) => Promise.all(cards.map(async (card) =>
    regional.holder(await his('queryPatientInfo', { hospitalId: card.hospitalId, medicalCardNumber: card.number })))));
  const patients = new DataLoader(async (cards) => {
    const { patients: rows } = await hand('/getPatientList', cards.map((card) => ({ patient_id: card.patientId, op_flag: 1 })));
    return cards.map((card) => rows.find((row) => row.id === card.patientId));
  });
  const balances = new DataLoader((cards) => Promise.all(cards.map(async (card) => money(card.patientId
    ? (await hand('/getPatient', { patient_id: card.patientId, op_flag: 1 })).patient.balance
    : (await his('queryBalance', { hospitalId: card.hospitalId, medicalCardNumber: card.number })).balance))));
  const stays = new DataLoader((cards) => Promise.all(cards.map(async (card) => {
    const { id_no } = await patients.load(card);
    return [(await hand('/getInHospitalList', { id_no })).patient ?? []].flat();
  })));
  return {
    holders, patients, balances, stays,
    labReports: batched(async ([hospitalId, key, idCard, number, opFlag]) => hospitalId === '501'
      ? palm.labReport(await hand('/getLisReport', { report_id: key, category: 'lis', op_flag: opFlag }))
      : regional.labReport(await his('laboratoryReportDetail', {
        hospitalId, id: key, type: '0', idCard, patType: '', medicalCardNumber: number,
      }))),
    prescriptionDetails: batched(async ([hospitalId, id, patientId]) => hospitalId === '501'
      ? palm.prescriptionDetail((await hand('/getElectronicPrescriptionDetail', { patient_id: patientId, recipe_id: id })).record)
      : regional.prescriptionDetail(await his('getPrescriptionDetail', { hospitalId, prescriptionId: id }))),
  };
}

export function person(id) {
  const cards = people.get(id);
  return cards ? { cards } : null;
}
// Both systems' lists, each after the look-up of who holds the card; a system that fails is told, not raised.
async function both(root, loaders, ofRegion, ofPalm) {
  const when = period();
  const [card, , hand_] = root.cards;
  const asked = [loaders.holders.load(card).then((holder) => ofRegion({ cards: root.cards, holder }, when))];
  if (ofPalm) asked.push(loaders.patients.load(hand_).then(() => ofPalm(hand_, when)));
  const nodes = [];
  const failures = [];
  for (const outcome of await Promise.allSettled(asked)) {
    if (outcome.status === 'fulfilled') nodes.push(...outcome.value);
    else failures.push({ code: 'UPSTREAM_UNAVAILABLE' });
  }
  return { nodes, failures };
}
function page({ nodes, failures }, field, first) {
  const key = (node) => `${node[field] ?? ''}\x1f${node.hospitalId}\x1f${node.id}`;
  const placed = nodes.map((node) => [key(node), node]).sort(([a], [b]) => (a < b ? 1 : a > b ? -1 : 0));
  return { totalCount: nodes.length, nodes: placed.slice(0, first).map(([, node]) => node), failures };
}

// Patients are not told of reports that are unaudited or recalled.
const released = ({ nodes, failures }) => ({
  nodes: nodes.filter((report) => report.status === 'FINAL' || report.status === 'UNKNOWN'), failures,
});

export const lists = {
  visits: async (root, { first }, loaders) => page(await both(root, loaders, async (person, when) => {
    const asked = joined(person, when);
    const [records, stays] = await Promise.all([
      his('electronicMedicalRecord', { ...asked, patType: '' }), his('queryHospitalizationRecord', asked),
    ]);
    return [...records.map(regional.visit).filter((visit) => visit.visitClass !== 'INPATIENT'), ...stays.map(regional.stay)];
  }, async (card, when) => {
    const [visited, stays] = await Promise.all([
      hand('/getVisitInfoNew', { patient_id: card.patientId }), loaders.stays.load(card),
    ]);
    return within([...visited.records.map(palm.visit), ...stays.map(palm.stay)], when, 'startedAt');
  }), 'startedAt', first),
  bills: async (root, { first }, loaders) => page(await both(root, loaders, async (person, when) =>
    (await his('queryOutpatientCostDetail', joined(person, when))).map(regional.bill)), 'chargedAt', first),
  reports: async (root, { first }, loaders) => page(released(await both(root, loaders, async (person, when) =>
    (await his('laboratoryReport', { ...joined(person, when), patType: '' })).report.map((row) => ({
      ...regional.report(row), idCard: person.holder.number, number: person.cards[0].number,
    })), async (card, when) => {
      const listed = async (patient_id, visit_no, op_flag) => (await hand('/getLisPacsList', {
        patient_id, card_no: card.number, visit_no, op_flag, start_time: when.since, end_time: when.until,
      })).records.map((row) => palm.report(row, op_flag));
      const [outside, stays] = await Promise.all([listed(card.patientId, '', 1), loaders.stays.load(card)]);
      const inside = await Promise.all(stays.map((stay) => listed(stay.id, stay.visit_no, 2)));
      return [...outside, ...inside.flat()];
    })), 'reportedAt', first),
  prescriptions: async (root, { first }, loaders) => page(await both(root, loaders, async (person, when) =>
    (await his('getPrescriptionRecord', joined(person, when))).map(regional.prescription), async (card, when) =>
    within((await hand('/getElectronicPrescriptionBasicInfo', { patient_id: card.patientId })).records.map((row) => ({
      ...palm.prescription(row), patientId: card.patientId,
    })), when, 'prescribedAt')), 'prescribedAt', first),
};
