"""Coming to a clinic: appointments and registrations, their fees, arriving and waiting."""
