"""What is owed and what was paid: charges, bills, invoices, prices, insurance."""
