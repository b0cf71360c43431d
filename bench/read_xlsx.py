"""The peer for xlsx: polars (fastexcel, calamine) that merely reads the first sheet. usage: read_xlsx.py IN.xlsx"""

import json
import sys
import time

import polars

started = time.perf_counter()
frame = polars.read_excel(sys.argv[1], engine="calamine")
print(json.dumps({"tool": f"polars {polars.__version__}", "seconds": round(time.perf_counter() - started, 3), "rows": frame.height, "columns": frame.width}))
