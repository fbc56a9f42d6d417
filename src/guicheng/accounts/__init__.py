"""Accounts: how a person proves to be who they are. Kept apart from people and the ledger, which know names alone."""
