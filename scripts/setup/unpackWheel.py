"""Unpacks the members of a wheel that match one of the given patterns (a star matches slashes too)."""

import fnmatch
import sys
import zipfile

path, folder, *patterns = sys.argv[1:]
with zipfile.ZipFile(path) as wheel:
    for name in wheel.namelist():
        if any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns):
            wheel.extract(name, folder)
