// What the hospitals' answers become: one plain function per interface, shared by all peers on node.
const text = (value) => (value === null || value === undefined || value === '' ? null : String(value).trim() || null);
const moment = (value) => {
  const written = text(value);
  if (written === null) return null;
  return written.length === 10 ? `${written}T00:00:00+08:00` : `${written.replace(' ', 'T')}+08:00`;
};
export const money = (value) => (text(value) === null ? null : Number(value).toFixed(2));
const GENDER = { 男: 'MALE', 女: 'FEMALE', 未知: 'UNKNOWN', 其他: 'OTHER' };
const VISIT_CLASS = { 1: 'OUTPATIENT', 2: 'INPATIENT' };
const STATUS = {
  registered: 'REGISTERED', called: 'CALLED', checked: 'EXAMINED', submitted: 'SUBMITTED', reviewed: 'FINAL',
  rescinded: 'RECALLED', cancelled: 'CANCELLED', rejected: 'REJECTED', passed: 'MISSED', 1: 'SUBMITTED', 2: 'FINAL',
};
const MARK = { '-1': 'LOW', 0: 'NORMAL', 1: 'HIGH', 2: 'ABNORMAL' };
const TIP = { '': 'NORMAL', '↑': 'HIGH', '↓': 'LOW' };

export const regional = {
  holder: (row) => ({
    name: text(row.name), gender: GENDER[row.sex] ?? 'UNKNOWN', birthDate: text(row.birthdate)?.slice(0, 10) ?? null,
    phone: text(row.phone), identityNumber: text(row.idCardNo), number: text(row.idCardNo),
  }),
  visit: (row) => ({
    hospitalId: row.hospitalId, id: `record ${row.id}`, visitClass: VISIT_CLASS[row.patType] ?? 'UNKNOWN',
    startedAt: moment(row.time), departmentName: text(row.department), doctorName: text(row.doctor),
    complaint: text(row.complaints),
  }),
  stay: (row) => ({
    hospitalId: row.hospitalId, id: `stay ${row.id}`, visitClass: 'INPATIENT', startedAt: moment(row.dateOfAdmission),
    departmentName: text(row.dept), doctorName: null, complaint: null,
  }),
  bill: (row) => ({
    hospitalId: row.hospitalId, id: row.invoiceId, chargedAt: moment(row.time), total: money(row.total),
    discount: money(row.preferentialAmount), insuranceAmount: money(row.medInsuranceAmount),
    paidAmount: money(row.getAmount),
    items: row.details.map((item) => ({
      name: text(item.item), category: text(item.type), unitPrice: text(item.price), quantity: text(item.quantity),
      amount: money(item.amount),
    })),
  }),
  report: (row) => ({
    hospitalId: row.hospitalId, id: row.id, lab: row.type !== '1', title: text(row.item),
    status: STATUS[row.status] ?? 'UNKNOWN', sensitive: row.isPositive === '1', reportedAt: moment(row.time),
  }),
  labReport: (row) => ({
    audited: row.reportStatus === '2' || text(row.reportStatus) === null, sensitive: row.isPositive === '1',
    performedBy: text(row.executor), auditedBy: text(row.auditor),
    observations: row.details.map((item) => ({
      name: text(item.item), value: text(item.result), unit: text(item.unit), referenceRange: text(item.multiRowValue),
      interpretation: MARK[item.normal] ?? 'UNKNOWN',
    })),
  }),
  prescription: (row) => ({
    hospitalId: row.hospitalId, id: row.prescriptionId, prescribedAt: moment(row.createTime),
    diagnosis: text(row.diagnose),
  }),
  prescriptionDetail: (row) => ({
    doctorName: text(row.doctorName),
    drugs: row.drugList.map((drug) => ({
      name: text(drug.drugName), specification: text(drug.spec), quantity: text(drug.quantity), route: text(drug.usage),
      dose: text(drug.useAmount), frequency: text(drug.frequencyName), storage: text(drug.storage),
      notice: text(drug.notice),
    })),
  }),
};

export const palm = {
  visit: (row) => ({
    hospitalId: '501', id: row.id, visitClass: 'OUTPATIENT', startedAt: moment(row.visit_date),
    departmentName: text(row.dept_name), doctorName: text(row.doctor_name), complaint: null,
  }),
  stay: (row) => ({
    hospitalId: '501', id: `stay ${row.visit_no}`, visitClass: 'INPATIENT', startedAt: moment(row.admission_time),
    departmentName: text(row.dept_name), doctorName: null, complaint: null,
  }),
  report: (row, opFlag) => ({
    hospitalId: '501', id: `${opFlag} ${row.category} ${row.id}`, key: row.id, opFlag, lab: row.category !== 'pacs',
    title: text(row.report_name), status: text(row.audit_time_full) ? 'FINAL' : 'SUBMITTED', sensitive: false,
    reportedAt: moment(row.audit_time_full) ?? moment(row.report_date),
  }),
  labReport: (body) => ({
    audited: text(body.recordInfo.audit_user_name) !== null, sensitive: false,
    performedBy: text(body.recordInfo.exam_user_name), auditedBy: text(body.recordInfo.audit_user_name),
    observations: body.records.map((item) => ({
      name: text(item.item_name), value: text(item.item_value), unit: text(item.item_unit),
      referenceRange: text(item.item_range), interpretation: TIP[item.item_tip] ?? 'UNKNOWN',
    })),
  }),
  prescription: (row) => ({ hospitalId: '501', id: row.id, prescribedAt: moment(row.bill_time), diagnosis: null }),
  prescriptionDetail: (row) => ({
    doctorName: text(row.doctor_name),
    drugs: [{
      name: text(row.item_name), specification: null, quantity: `${row.quantity}${row.unit}`, route: null, dose: null,
      frequency: null, storage: null, notice: null,
    }],
  }),
};
