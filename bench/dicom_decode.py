"""Milliseconds that pydicom takes from a file's bytes to its first frame's stored values, on the clock and of the
processor: medians of nine after three to warm up, a file a line.

Usage: python bench/dicom_decode.py FILE… (pydicom 3 with pylibjpeg-libjpeg, pylibjpeg-openjpeg, pyjpegls)
"""

import io
import statistics
import sys
import time

import pydicom
from pydicom.pixels import pixel_array


def once(content):
    started, before = time.perf_counter(), time.process_time()
    pixel_array(pydicom.dcmread(io.BytesIO(content)), index=0)
    return 1000 * (time.perf_counter() - started), 1000 * (time.process_time() - before)


for name in sys.argv[1:]:
    with open(name, "rb") as file:
        content = file.read()
    for _ in range(3):
        once(content)
    clock, processor = zip(*(once(content) for _ in range(9)))
    print(f"{statistics.median(clock):.0f} | {statistics.median(processor):.0f}")
