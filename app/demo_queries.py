"""The example operations that GraphiQL opens with."""

HOME_SCREEN = """query HomeScreen {
  viewer {
    patients {
      name
      relation
      identityNumber
      cards { number balance hospital { name } }
      charges(first: 5) {
        totalCount
        nodes { id item amount group hospital { name } }
        failures { hospital { name } code message retryable }
      }
      visits(first: 5) { nodes { startedAt visitClass departmentName complaint hospital { name } } }
      reports(first: 5) {
        nodes {
          title
          status
          reportedAt
          ... on LabReport { detail { withheld observations { name value unit interpretation } } }
          ... on ImagingReport { detail { withheld findings conclusion } }
        }
      }
      prescriptions(first: 3) { nodes { prescribedAt detail { drugs { name dose frequency } } } }
      appointments(first: 5) { nodes { id status startsAt departmentName doctorName cancellable } }
    }
  }
}
"""

BOOKING = """# 1. Find a slot. 2. Copy its id and a card's id of the same hospital
# into the variables of BookAppointment.
query FindSlot($day: Date!) {
  hospitals {
    name
    capabilities
    departments {
      name
      categoryName
      schedules(day: $day) {
        doctorName
        clinic
        fee
        remaining
        slots { id startsAt remaining }
      }
    }
  }
  viewer { patients { name cards { id hospital { name } } } }
}

mutation BookAppointment($input: BookAppointmentInput!) {
  bookAppointment(input: $input) {
    appointment { id startsAt departmentName queueNumber cancellable }
    userErrors { code field message }
  }
}
"""

STAFF = """query Staff($card: String!) {
  patient(by: { card: { hospitalId: "253", number: $card } }) {
    name
    gender
    birthDate
    phone
    visits(first: 10) { totalCount nodes { startedAt departmentName diagnosis medicalRecord { diagnoses advice } } }
    reports(first: 10) {
      nodes { title sensitive status ... on LabReport { detail { observations { name value interpretation } } } }
    }
  }
}
"""

LOGIN = """mutation Login($input: WechatLoginInput!) {
  wechatLogin(input: $input) {
    session {
      accessToken
      expiresAt
      refreshToken
      viewer { role patients { name relation } }
    }
    userErrors { code message }
  }
}
"""
