"""Hospitals and what they can do."""

from dataclasses import dataclass
from typing import Annotated

from connectors.records.base import INTERNAL, Doc, DocumentedEnum


class Capability(DocumentedEnum):
    """Something a hospital offers through this API (医院能力)."""

    CARDS = "CARDS", "Looks up cards and their holders (就诊卡查询)."
    CARD_CREATION = "CARD_CREATION", "Creates cards (在线建卡)."
    NEWBORN_CARDS = "NEWBORN_CARDS", "Creates cards for newborns (新生儿建卡)."
    CONTACTS = "CONTACTS", "Registers people to be reached for a patient (添加联系人)."
    HOLDER_CHANGES = "HOLDER_CHANGES", "Corrects and completes what it has of a person (就诊人信息修改)."
    CARD_LINKS = "CARD_LINKS", "Links physical cards to electronic ones (绑定实体就诊卡)."
    RECHARGE = "RECHARGE", "Takes money for a card (就诊卡充值)."
    RECHARGE_HISTORY = "RECHARGE_HISTORY", "Lists what was put on cards (充值记录)."
    REFUNDS = "REFUNDS", "Gives back what was paid online, and says what can be (退款)."
    RECONCILIATION = "RECONCILIATION", "States what it has booked of online payments, for staff (对账)."
    CHARGES = "CHARGES", "Lists pending charges (待缴费查询)."
    CHARGE_PAYMENT = "CHARGE_PAYMENT", "Takes payments of charges (门诊缴费)."
    BILLS = "BILLS", "Lists paid outpatient bills (门诊费用)."
    VISITS = "VISITS", "Lists visits and their medical records (就诊记录)."
    REPORTS = "REPORTS", "Lists laboratory and imaging reports (检验检查报告)."
    REPORT_IMAGES = "REPORT_IMAGES", "Shows the images of imaging reports (影像)."
    ECG_REPORTS = "ECG_REPORTS", "Lists electrocardiograms (心电报告)."
    PATHOLOGY_REPORTS = "PATHOLOGY_REPORTS", "Lists pathology reports (病理报告)."
    CHECKUP_REPORTS = "CHECKUP_REPORTS", "Lists the reports of check-ups (体检报告)."
    CHECKUP_LOOKUP = "CHECKUP_LOOKUP", "Finds a check-up by its number (体检报告查询)."
    NUCLEIC_ACID_TESTS = "NUCLEIC_ACID_TESTS", "Tells of the latest nucleic-acid test (核酸检测结果)."
    NUCLEIC_ACID_TEST_HISTORY = "NUCLEIC_ACID_TEST_HISTORY", "Lists all nucleic-acid tests (核酸检测记录)."
    NUCLEIC_ACID_TEST_BOOKING = "NUCLEIC_ACID_TEST_BOOKING", "Lets people book nucleic-acid tests (核酸检测预约)."
    PRESCRIPTIONS = "PRESCRIPTIONS", "Lists prescriptions (处方)."
    SCHEDULES = "SCHEDULES", "Lists departments, doctors, schedules and slots (科室排班)."
    APPOINTMENTS = "APPOINTMENTS", "Lists, books and cancels appointments (预约挂号)."
    ADMISSIONS = "ADMISSIONS", "Shows stays in hospital and what they cost (住院信息)."
    DEPOSITS = "DEPOSITS", "Lists deposits for stays and their refunds (住院押金记录)."
    DEPOSIT_PAYMENT = "DEPOSIT_PAYMENT", "Takes deposits for stays (缴纳住院押金)."
    DISCHARGES = "DISCHARGES", "Lists discharges and the medicines given along (出院带药)."
    CASE_COPIES = "CASE_COPIES", "Takes orders of copies of case files (病案复印)."
    CASE_COPY_CANCELLATION = "CASE_COPY_CANCELLATION", "Takes back orders of copies of case files (撤销病案复印)."
    CASE_PAGES = "CASE_PAGES", "Counts the pages of case files (病历页数)."
    ADMISSION_BOOKING = "ADMISSION_BOOKING", "Lets people book beds (住院预约)."
    ADMISSION_CERTIFICATES = "ADMISSION_CERTIFICATES", "Admits people by their certificates (自助入院)."
    APPOINTMENT_PAYMENT = "APPOINTMENT_PAYMENT", "Takes payments of booked appointments (预约挂号支付)."
    SAME_DAY_REGISTRATION = "SAME_DAY_REGISTRATION", "Registers with clinics of today (当日挂号)."
    REGISTRATION_RESERVATION = (
        "REGISTRATION_RESERVATION",
        "Takes note of a registration before it is paid; reserve first, then pay and register (预挂号).",
    )
    INSURED_REGISTRATION = (
        "INSURED_REGISTRATION",
        "Takes registrations that medical insurance pays a part of (医保挂号).",
    )
    REGISTRATIONS = "REGISTRATIONS", "Lists what a person registered for (挂号记录)."
    BOOKABLE_DAYS = "BOOKABLE_DAYS", "Lists the days that a department can be booked for (可预约日期)."
    DIRECTORY = "DIRECTORY", "Lists its branches, the departments of each campus, all doctors and staff (科室人员目录)."
    ALL_HOURS_CLINIC = "ALL_HOURS_CLINIC", "Has a clinic outside of the usual hours (全时空门诊)."
    CARD_FUNDS = "CARD_FUNDS", "Says how much of a card can be spent, overdraft included (卡可用余额)."
    NUMBER_COLLECTION = "NUMBER_COLLECTION", "Gives numbers of today's queues to those who have booked (预约取号)."
    TRIAGE = "TRIAGE", "Triages to rooms, checks in for appointments, tells of the queues (分诊签到)."
    EXAMINATION_QUEUES = "EXAMINATION_QUEUES", "Tells of the queues for examinations (检查排队)."
    FEVER_CLINICS = "FEVER_CLINICS", "Tells how many wait in its fever clinics (发热门诊排队)."
    EXAMINATIONS = "EXAMINATIONS", "Lists ordered examinations and gives them a time (检查预约)."
    EXAMINATION_CHANGES = "EXAMINATION_CHANGES", "Changes the time of booked examinations (检查改约)."
    LAB_TESTS = "LAB_TESTS", "Offers laboratory tests that people order themselves (检验项目预约)."
    SELF_SERVICE_PACKAGES = "SELF_SERVICE_PACKAGES", "Offers packages that people choose themselves (自选套餐)."
    CHECKUPS = "CHECKUPS", "Offers check-ups that can be booked (体检预约)."
    VISIT_GUIDES = "VISIT_GUIDES", "Says which rooms to go to after a visit (门诊导引单)."
    INSURANCE_ORDERS = "INSURANCE_ORDERS", "Settles charges with the medical insurance online (线上医保支付)."
    COUNTER_INSURANCE = (
        "COUNTER_INSURANCE",
        "Takes what is left to pay after the insurance was settled at the counter (诊间医保支付).",
    )
    ELECTRONIC_INVOICES = "ELECTRONIC_INVOICES", "Lists and shows electronic invoices (电子发票)."
    ONLINE_CONSULTATIONS = "ONLINE_CONSULTATIONS", "Keeps the record of online consultations (在线问诊)."
    DRUG_LEAFLETS = "DRUG_LEAFLETS", "Shows the leaflets of medicines (药品说明书)."
    CAMPUSES = "CAMPUSES", "Names its campuses (院区)."
    OPERATING_ROOMS = "OPERATING_ROOMS", "Lists its operating rooms and, for staff, their operations (手术室)."
    PRICE_LIST = "PRICE_LIST", "Lists what its services cost (诊疗服务价格)."
    ADMISSION_APPLICATIONS = (
        "ADMISSION_APPLICATIONS",
        "Lists applications for admission, admits and cancels (入院申请).",
    )
    CAREGIVER_PASSES = "CAREGIVER_PASSES", "Keeps caregivers' passes (电子陪护证)."
    PATIENT_EDUCATION = "PATIENT_EDUCATION", "Shows education and notices for the admitted (住院宣教)."
    MESSAGES = "MESSAGES", "Sends people messages (消息通知)."
    OUTREACH = "OUTREACH", "Lists due follow-ups and visits to ask about, for staff (复诊提醒与满意度调查)."
    STATISTICS = "STATISTICS", "States its figures, for staff (运营统计)."


@dataclass(kw_only=True, slots=True)
class Campus:
    """A site of a hospital (院区)."""

    id: Annotated[str, Doc("The hospital's own key of the campus (院区编码).")]
    hospital_id: Annotated[str, INTERNAL]
    name: Annotated[str, Doc("Name (院区名称).")]
