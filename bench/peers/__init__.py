"""Peers beside the door: each is driven by a script of ours, in an environment of its own (`make peers`), by lines on a pipe.

Nothing of ours depends on a peer or is linked with one: the packages live in `.venv-peers`, some under GPL or AGPL."""
