"""The whole book of projects: every rule over all of them, and the same under other figures."""
