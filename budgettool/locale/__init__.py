"""Catalogues: one folder a language; English stands in the code and in `reference/findings.toml`."""
