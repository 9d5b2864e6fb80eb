"""Returns and blank forms, one workbook each; `make.py` writes them."""
