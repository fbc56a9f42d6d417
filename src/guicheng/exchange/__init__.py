"""Files in and out: act lines, the exported ledger, the ledger built again."""
