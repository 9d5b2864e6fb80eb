"""One question a file: what the figures are asked by `check`, each a SELECT with its code, why and remedy at its head."""
