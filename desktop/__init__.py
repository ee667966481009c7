"""民生台账: county ledgers of beds, slots and staff, kept and handed in offline."""
