"""The workbooks that returns are filled from."""
