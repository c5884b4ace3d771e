"""Milliseconds that pydicom takes from a file's bytes to its first frame's stored values: median of five, a file a line.

Usage: python bench/dicom_decode.py FILE… (pydicom 3 with pylibjpeg-libjpeg, pylibjpeg-openjpeg, pyjpegls)
"""

import io
import statistics
import sys
import time

import pydicom
from pydicom.pixels import pixel_array


def once(content):
    started = time.perf_counter()
    pixel_array(pydicom.dcmread(io.BytesIO(content)), index=0)
    return 1000 * (time.perf_counter() - started)


for name in sys.argv[1:]:
    with open(name, "rb") as file:
        content = file.read()
    once(content)
    print(statistics.median(once(content) for _ in range(5)))
