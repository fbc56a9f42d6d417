"""Papers: the bytes behind the digests that acts name. Kept once, checked by content, never changed."""
